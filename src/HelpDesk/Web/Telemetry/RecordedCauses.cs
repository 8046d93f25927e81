using System.Diagnostics;
using OpenTelemetry.Trace;

namespace HelpDesk.Web.Telemetry;

/// <summary>Which traces are recorded: a share of those that begin here, and all that belong to one that is recorded elsewhere. A look into the database that nothing caused is none.</summary>
internal sealed class RecordedCauses(double ratio) : Sampler
{
    private readonly TraceIdRatioBasedSampler share = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        if (samplingParameters.ParentContext.TraceId != default) return new(samplingParameters.ParentContext.TraceFlags.HasFlag(ActivityTraceFlags.Recorded));
        return samplingParameters.Kind == ActivityKind.Client ? new(false) : share.ShouldSample(samplingParameters);
    }
}
