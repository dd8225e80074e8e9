namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>exp by its series, each term an object of its own.</summary>
internal sealed record BoxedExponential : HostFunction
{
    private const int Terms = 60;

    public override string Name => "boxed_exponential";

    protected override T[] Map<T>(T[] x) => Array.ConvertAll(x, e =>
    {
        var terms = new List<object> { T.FromDouble(1) };
        for (int i = 1; i < Terms; i++)
        {
            terms.Add((T)terms[^1] * e * T.FromDouble(1.0 / i));
        }

        return terms.Aggregate(T.FromDouble(0), (sum, term) => sum + (T)term);
    });
}
