using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace HelpDesk.Tests.Support;

/// <summary>A type in one folder names a type of another.</summary>
internal sealed record FolderReference(string From, string To, string By)
{
    public override string ToString() => $"{From} → {To}: {By}";
}

/// <summary>
/// Reads from a built assembly which folder (the second part of a namespace) names which: in base types, members, signatures, attributes and method bodies.
/// </summary>
internal sealed class FolderReferences
{
    private const string Root = "HelpDesk";

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Where(field => field.FieldType == typeof(OpCode))
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF);

    private readonly HashSet<FolderReference> found = [];
    private readonly PEReader file;
    private readonly MetadataReader metadata;
    private readonly Signatures signatures;

    private FolderReferences(PEReader file)
    {
        this.file = file;
        metadata = file.GetMetadataReader();
        signatures = new(this);
    }

    private string From { get; set; } = "";

    private string By { get; set; } = "";

    public static IReadOnlyCollection<FolderReference> Of(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var reader = new FolderReferences(file);
        reader.Read();
        return reader.found;
    }

    private void Read()
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            if (Folder(handle) is not { } folder) continue;
            var type = metadata.GetTypeDefinition(handle);
            From = folder;
            By = Name(handle);
            See(type.BaseType);
            foreach (var each in type.GetInterfaceImplementations()) See(metadata.GetInterfaceImplementation(each).Interface);
            foreach (var each in type.GetFields()) metadata.GetFieldDefinition(each).DecodeSignature(signatures, null);
            foreach (var each in type.GetCustomAttributes()) See(metadata.GetCustomAttribute(each).Constructor);
            foreach (var each in type.GetMethods()) Read(metadata.GetMethodDefinition(each));
        }
    }

    private void Read(MethodDefinition method)
    {
        method.DecodeSignature(signatures, null);
        if (method.RelativeVirtualAddress == 0) return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(signatures, null);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE) value = 0xFE00 | code.ReadByte();
            Operand(OpCodesByValue[value].OperandType, ref code);
        }
    }

    private void Operand(OperandType kind, ref BlobReader code)
    {
        switch (kind)
        {
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                See(MetadataTokens.EntityHandle(code.ReadInt32()));
                break;
            case OperandType.InlineSwitch:
                var targets = code.ReadInt32();
                code.Offset += 4 * targets;
                break;
            case OperandType.InlineI8 or OperandType.InlineR:
                code.Offset += 8;
                break;
            case OperandType.InlineVar:
                code.Offset += 2;
                break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                code.Offset += 1;
                break;
            case OperandType.InlineNone:
                break;
            default:
                code.Offset += 4;
                break;
        }
    }

    private void See(EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Note(Folder((TypeDefinitionHandle)handle));
                break;
            case HandleKind.TypeReference:
                Note(Folder((TypeReferenceHandle)handle));
                break;
            case HandleKind.TypeSpecification:
                metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(signatures, null);
                break;
            case HandleKind.MethodDefinition:
                See(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.FieldDefinition:
                See(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                break;
            case HandleKind.MemberReference:
                See(metadata.GetMemberReference((MemberReferenceHandle)handle).Parent);
                break;
            case HandleKind.MethodSpecification:
                var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                See(method.Method);
                method.DecodeSignature(signatures, null);
                break;
        }
    }

    private void Note(string? folder)
    {
        if (folder is not null) found.Add(new(From, folder, By));
    }

    private string? Folder(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return Folder(metadata.GetString(type.Namespace));
    }

    private string? Folder(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        return Folder(metadata.GetString(type.Namespace));
    }

    /// <summary>Null for what is not ours: the framework's, packages', generated code's.</summary>
    private static string? Folder(string name) =>
        name == Root ? "" : name.StartsWith(Root + ".", StringComparison.Ordinal) ? name.Split('.')[1] : null;

    private string Name(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = metadata.GetString(type.Name);
        return type.GetDeclaringType().IsNil ? name : $"{Name(type.GetDeclaringType())}.{name}";
    }

    /// <summary>Every type that a signature names is seen; nothing else of it matters.</summary>
    private sealed class Signatures(FolderReferences owner) : ISignatureTypeProvider<bool, object?>
    {
        public bool GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Saw(handle);

        public bool GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Saw(handle);

        public bool GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => Saw(handle);

        public bool GetArrayType(bool elementType, ArrayShape shape) => true;

        public bool GetByReferenceType(bool elementType) => true;

        public bool GetFunctionPointerType(MethodSignature<bool> signature) => true;

        public bool GetGenericInstantiation(bool genericType, ImmutableArray<bool> typeArguments) => true;

        public bool GetGenericMethodParameter(object? genericContext, int index) => true;

        public bool GetGenericTypeParameter(object? genericContext, int index) => true;

        public bool GetModifiedType(bool modifier, bool unmodifiedType, bool isRequired) => true;

        public bool GetPinnedType(bool elementType) => true;

        public bool GetPointerType(bool elementType) => true;

        public bool GetPrimitiveType(PrimitiveTypeCode typeCode) => true;

        public bool GetSZArrayType(bool elementType) => true;

        private bool Saw(EntityHandle handle)
        {
            owner.See(handle);
            return true;
        }
    }
}
