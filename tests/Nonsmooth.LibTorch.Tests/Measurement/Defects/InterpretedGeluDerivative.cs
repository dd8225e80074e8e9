namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

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
