namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>The identity, by way of double precision.</summary>
internal sealed record DoubleRoundTrip : HostFunction
{
    public override string Name => "double_round_trip";

    protected override T[] Map<T>(T[] x) => Array.ConvertAll(x, e => T.FromDouble(T.ToDouble(e)));
}
