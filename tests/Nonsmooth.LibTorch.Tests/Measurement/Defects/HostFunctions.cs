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

/// <summary>The derivative of gelu, erf summed term by term.</summary>
internal sealed record InterpretedGeluDerivative : HostFunction
{
    private const int Terms = 120;

    public override string Name => "interpreted_gelu_derivative";

    protected override T[] Map<T>(T[] x) => Array.ConvertAll(x, e =>
    {
        var z = e * T.FromDouble(Math.Sqrt(0.5));
        var power = z;
        var erf = z;
        for (int i = 1; i < Terms; i++)
        {
            power = power * z * z * T.FromDouble(-1.0 / i);
            erf += power * T.FromDouble(1.0 / ((2 * i) + 1));
        }

        var density = T.Exp(e * e * T.FromDouble(-0.5)) * T.FromDouble(1 / Math.Sqrt(2 * Math.PI));
        return T.FromDouble(0.5) + (erf * T.FromDouble(1 / Math.Sqrt(Math.PI))) + (e * density);
    });
}

/// <summary>The identity, by way of double precision.</summary>
internal sealed record DoubleRoundTrip : HostFunction
{
    public override string Name => "double_round_trip";

    protected override T[] Map<T>(T[] x) => Array.ConvertAll(x, e => T.FromDouble(T.ToDouble(e)));
}

/// <summary>Sums of the elements from each one on, each sum inserted in front of a list.</summary>
internal sealed record InsertedSums : HostFunction
{
    public override string Name => "inserted_sums";

    protected override T[] Map<T>(T[] x)
    {
        var sums = new List<T>();
        for (int i = 0; i < x.Length; i++)
        {
            sums.Insert(0, x[i..].Aggregate((a, b) => a + b));
        }

        sums.Reverse();
        return [.. sums];
    }
}

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
