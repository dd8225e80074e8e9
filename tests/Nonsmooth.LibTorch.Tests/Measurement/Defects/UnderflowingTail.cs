namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>A tail multiplied by 0.9 until it is zero. The least denormals round to themselves, so that they never are.</summary>
internal sealed record UnderflowingTail(bool Flush) : HostFunction
{
    private const int Limit = 4000;
    private const double LeastNormal = 1.17549435e-38;

    public override string Name => "underflowing_tail";

    protected override T[] Map<T>(T[] x) => Array.ConvertAll(x, e =>
    {
        double zero = Flush ? LeastNormal : double.Epsilon;
        var rate = T.FromDouble(0.9);
        for (int i = 0; i < Limit && Math.Abs(T.ToDouble(e)) >= zero; i++)
        {
            e *= rate;
        }

        return e;
    });
}
