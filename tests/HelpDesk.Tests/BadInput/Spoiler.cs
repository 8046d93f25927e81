using System.Text.Json.Nodes;
using System.Text;
using HelpDesk.Tests.Support;

namespace HelpDesk.Tests.BadInput;

/// <summary>Takes a request that would do and spoils one thing in it. The same random numbers spoil the same thing.</summary>
internal sealed class Spoiler(Surface surface, Estate estate)
{
    public Spoiled Next(Operation operation, Random random)
    {
        // What is deleted is gone for all that come after: never with a good id.
        if (operation.Method == HttpMethod.Delete) return Address(operation, random);
        var choice = random.Next(100);
        if (operation.Body is not null && choice < 75) return operation.HasJson ? Body(operation, random) : Raw(operation, random);
        if (operation.Query.Count > 0 && choice < 60) return Query(operation, random);
        return choice % 3 == 0 ? Header(operation, random) : operation.Path.Contains('{') && choice % 3 == 1 ? Address(operation, random) : Query(operation, random);
    }

    private Spoiled Body(Operation operation, Random random)
    {
        var body = estate.Body(operation, random)!;
        // A patch of nothing: each member by itself.
        if (operation.Method == HttpMethod.Patch && operation.ReadOnlyMembers.Count > 0 && random.Next(12) == 0) return ReadOnlyMember(operation, random);
        if (random.Next(10) == 0 || body is not JsonObject) return Raw(operation, random);
        var places = Place.In(body, operation.Body!, surface).ToList();
        if (places.Count == 0) return Raw(operation, random);
        var place = places[random.Next(places.Count)];
        return random.Next(12) switch
        {
            0 or 1 => OtherType(operation, body, place, random),
            2 => Made(operation, place.With(body, "null"), $"{place.Member} null", random, null),
            3 => Removed(operation, body, place, random),
            4 => UnknownMember(operation, body, place, random),
            5 => Twice(operation, body, place, random),
            6 => Unkeepable(operation, body, place, random),
            7 => Made(operation, place.With(body, BadValues.Deep(random.Next(2, 3000), random.Next(2) == 0)), $"{place.Member} deep", random, null),
            8 => Made(operation, place.With(body, Huge(place, random)), $"{place.Member} huge", random, null),
            _ => Made(operation, place.With(body, Odd(place, random)), $"{place.Member} odd", random, null),
        };
    }

    private Spoiled OtherType(Operation operation, JsonNode body, Place place, Random random)
    {
        var types = Surface.Types(place.Schema);
        var (json, type) = Pick(BadValues.OfType, random);
        var isTaken = types.Count == 0 || types.Contains(type) || (type == "number" && types.Contains("integer") && !json.Contains('.'));
        return Made(operation, place.With(body, json), $"{place.Member} of type {type}", random, isTaken ? null : place.Member);
    }

    private Spoiled Removed(Operation operation, JsonNode body, Place place, Random random)
    {
        place.Remove(body);
        return Made(operation, body.ToJsonString(), $"{place.Member} left out", random, null);
    }

    private Spoiled UnknownMember(Operation operation, JsonNode body, Place place, Random random)
    {
        var name = Pick(BadValues.Names, random);
        return Made(operation, place.Beside(body, name, Pick(BadValues.Texts, random)), $"an unknown member {name} beside {place.Member}", random, null);
    }

    private Spoiled ReadOnlyMember(Operation operation, Random random)
    {
        var name = operation.ReadOnlyMembers[random.Next(operation.ReadOnlyMembers.Count)];
        return Made(operation, $$"""{"{{name}}":{{Pick(BadValues.OfType, random).Json}}}""", $"{name}, which is only read", random, name);
    }

    private Spoiled Twice(Operation operation, JsonNode body, Place place, Random random)
    {
        var json = place.Value(body)?.ToJsonString() ?? "null";
        if (place.Path[^1] is not string name) return Made(operation, place.With(body, "null"), $"{place.Member} null", random, null);
        return Made(operation, place.Beside(place.Value(body) is null ? Given(body, place) : body, name, json), $"{place.Member} twice", random, place.Member);
    }

    private static JsonNode Given(JsonNode body, Place place) => JsonNode.Parse(place.With(body, "null"))!;

    private Spoiled Unkeepable(Operation operation, JsonNode body, Place place, Random random)
    {
        var isText = Surface.Types(place.Schema).Contains("string") || Surface.Types(place.Schema).Count == 0;
        return Made(operation, place.With(body, Pick(BadValues.Unkeepable, random)), $"{place.Member} not to be kept", random, isText ? place.Member : null);
    }

    private static string Huge(Place place, Random random)
    {
        var types = Surface.Types(place.Schema);
        if (types.Contains("array")) return $"[{string.Join(',', Enumerable.Repeat(Pick(["\"x\"", "1", "null", "{}", "[]"], random), random.Next(10, 6000)))}]";
        if (types.Contains("object")) return $"{{{string.Join(',', Enumerable.Range(0, random.Next(10, 2000)).Select(number => $"\"m{number}\":1"))}}}";
        return BadValues.Long(random.Next(8) == 0 ? 210_000 : random.Next(51, 5_000));
    }

    private string Odd(Place place, Random random)
    {
        var format = (string?)place.Schema["format"];
        var types = Surface.Types(place.Schema);
        if (place.Schema["enum"] is JsonArray words && random.Next(2) == 0) return $"\"{Pick([((string)words[0]!).ToUpperInvariant(), $"{words[0]},{words[^1]}", $"{words[0]} ", "unknown", "0"], random)}\"";
        if (types.Contains("integer") || types.Contains("number")) return Pick(BadValues.Numbers, random);
        return random.Next(4) == 0 ? Pick(BadValues.Texts, random) : format switch
        {
            "date-time" or "date" => Pick(BadValues.Instants, random),
            "duration" => Pick(BadValues.Durations, random),
            "uuid" => random.Next(3) == 0 && estate.IdOf(Pick(["customers", "calendars", "policies", "tickets"], random), random) is { } id ? $"\"{id}\"" : Pick(BadValues.Ids, random),
            _ => Pick(Pick([BadValues.Texts, BadValues.Texts, BadValues.Ids, BadValues.Instants, BadValues.Durations], random), random),
        };
    }

    private Spoiled Raw(Operation operation, Random random)
    {
        var good = estate.Body(operation, random)?.ToJsonString() ?? "";
        var address = estate.Address(operation, random);
        return random.Next(4) switch
        {
            0 => new(operation.Method, address, Encoding.UTF8.GetBytes(good), Pick(BadValues.ContentTypes, random), "another content type"),
            1 => new(operation.Method, address, Encoding.UTF8.GetBytes(good[..random.Next(good.Length + 1)]), operation.BodyTypes[0], "a body cut short"),
            2 => new(operation.Method, address, Garbled(Encoding.UTF8.GetBytes(good), random), operation.BodyTypes[random.Next(operation.BodyTypes.Count)], "bytes that mean nothing"),
            _ => new(operation.Method, address, Encoding.UTF8.GetBytes(Pick(BadValues.Documents, random)), operation.BodyTypes[random.Next(operation.BodyTypes.Count)], "another document"),
        };
    }

    private static byte[] Garbled(byte[] body, Random random)
    {
        for (var times = random.Next(1, 4); times > 0 && body.Length > 0; times--) body[random.Next(body.Length)] = (byte)random.Next(256);
        return body;
    }

    private Spoiled Address(Operation operation, Random random)
    {
        var parts = operation.Path.Split('/');
        var holes = Enumerable.Range(0, parts.Length).Where(index => parts[index].StartsWith('{')).ToList();
        var good = estate.Address(operation, random).Split('/');
        var which = holes[random.Next(holes.Count)];
        var other = random.Next(5) == 0 ? estate.IdOf(Pick(["customers", "calendars", "policies", "tickets", "deliveries"], random), random) : null;
        good[which] = other is not null && parts[which - 1] != "tickets" && operation.Method != HttpMethod.Delete ? other : Pick(BadValues.Segments, random);
        // An id that happens to be good would delete what others need.
        if (operation.Method == HttpMethod.Delete && long.TryParse(good[which], out _)) good[which] = "x";
        return new(operation.Method, string.Join('/', good), Good(operation, random), TypeOf(operation), "another id");
    }

    private Spoiled Query(Operation operation, Random random)
    {
        var names = operation.Query.Concat(["unknown", "limit", "cursor", "sort", "q", "status", "a%00b", "Limit", "customFields.x", ""]).ToList();
        var query = string.Join('&', Enumerable.Range(0, random.Next(1, 4)).Select(_ => $"{names[random.Next(names.Count)]}={Pick(BadValues.QueryValues, random)}"));
        if (random.Next(40) == 0) query += "&q=" + new string('x', 9000);
        return new(operation.Method, $"{estate.Address(operation, random)}?{query}", Good(operation, random), TypeOf(operation), "another query");
    }

    private Spoiled Header(Operation operation, Random random)
    {
        var (name, values) = Pick(BadValues.Headers, random);
        return new(operation.Method, estate.Address(operation, random), Good(operation, random), TypeOf(operation), "another header") { Headers = { (name, Pick(values, random)) } };
    }

    private static string? TypeOf(Operation operation) => operation.BodyTypes.Count == 0 ? null : operation.BodyTypes[0];

    private byte[]? Good(Operation operation, Random random) => operation.HasJson ? Encoding.UTF8.GetBytes(estate.Body(operation, random)!.ToJsonString()) : null;

    private Spoiled Made(Operation operation, string json, string what, Random random, string? member) =>
        new(operation.Method, estate.Address(operation, random), Encoding.UTF8.GetBytes(json), operation.BodyTypes.First(type => type.EndsWith("json", StringComparison.Ordinal)), what) { Member = member };

    private static T Pick<T>(IReadOnlyList<T> choices, Random random) => choices[random.Next(choices.Count)];
}
