using Nonsmooth.Mathematics;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Mathematics;

/// <summary>One function as the tests see it.</summary>
internal sealed record MathematicsSubject(
    string Name, Func<double, double> Double, Func<float, float> Single, Func<double, Precise> Exact, double Low, double High, double[] Hard);

/// <summary>The functions of one variable, with where their values are finite and arguments that are hard.</summary>
internal static class Subjects
{
    private static readonly double[] _small = [double.Epsilon, 4.4e-320, 2.2250738585072014e-308, 1e-300, 1e-30, 1e-17, 1.1e-16, 2.3e-16, 1e-10, 1e-9, 1.01e-9, 3e-8, 1e-5];

    private static readonly double[] _nearQuarters = [.. Enumerable.Range(1, 4000).SelectMany(static n => Around(n * Math.PI / 2)),
        6381956970095103.0 * Math.ScaleB(1, 797), 1e22, 1e300, double.MaxValue, 1647098.9, 1647099, 1647100.5, 5.319372648326541416707296656673541083813475031793921822105998164685e255];

    public static IReadOnlyList<MathematicsSubject> All { get; } =
    [
        new("exp", Transcendental.Exp, Transcendental.Exp, x => PreciseFunctions.Exp(x), -745.2, 709.78, [-708.4, -745.13, 709.78, -0.34657359, 0.34657359]),
        new("expm1", Transcendental.ExpM1, Transcendental.ExpM1, x => PreciseFunctions.ExpM1(x), -60, 709.78, [-0.34657359, 0.34657359, -37.4]),
        new("log", Transcendental.Log, Transcendental.Log, x => PreciseFunctions.Log(x), 0, double.MaxValue, [.. Around(1), .. Around(Math.Sqrt(0.5)), .. Around(Math.Sqrt(2)), 0.99, 1.01]),
        new("log1p", Transcendental.LogP1, Transcendental.LogP1, x => PreciseFunctions.LogP1(x), -1, double.MaxValue, [-0.9999999999999999, .. Around(Math.Sqrt(2) - 1), .. Around(Math.Sqrt(0.5) - 1)]),
        new("sin", Transcendental.Sin, Transcendental.Sin, PreciseFunctions.Sin, double.MinValue, double.MaxValue, _nearQuarters),
        new("cos", Transcendental.Cos, Transcendental.Cos, PreciseFunctions.Cos, double.MinValue, double.MaxValue, _nearQuarters),
        new("tan", Transcendental.Tan, Transcendental.Tan, PreciseFunctions.Tan, double.MinValue, double.MaxValue, _nearQuarters),
        new("atan", Transcendental.Atan, Transcendental.Atan, x => PreciseFunctions.Atan(x), double.MinValue, double.MaxValue, [.. Around(0.4375), .. Around(0.6875), .. Around(1.1875), .. Around(2.4375), 1, 0.5, 1.5, 1e20, 1e300]),
        new("tanh", Transcendental.Tanh, Transcendental.Tanh, x => PreciseFunctions.Tanh(x), -22, 22, [0.17, 0.1733, 19.06]),
        new("sigmoid", Transcendental.Sigmoid, Transcendental.Sigmoid, x => PreciseFunctions.Sigmoid(x), -745.2, 60, [-708.4, -745.13]),
        new("erf", Transcendental.Erf, Transcendental.Erf, x => PreciseFunctions.Erf(x), -6.5, 6.5, [.. Around(0.75), 1.93, 5.9]),
        new("erfc", Transcendental.Erfc, Transcendental.Erfc, x => PreciseFunctions.Erfc(x), -6, 27.3, [.. Around(0.75), 26.5, 27.2, 0.4769]),
    ];

    /// <summary>Arguments where the value is finite: spread evenly, by size, and hard ones.</summary>
    public static IEnumerable<double> Arguments(MathematicsSubject subject, int count, ulong seed)
    {
        var random = new CounterRandom(seed, 0);
        double wide = Math.Min(50, subject.High);
        for (int i = 0; i < count; i++)
        {
            double u = random.Uniform((ulong)i);
            double x = (i % 3) switch
            {
                0 => Math.Max(subject.Low, -50) + (u * (wide - Math.Max(subject.Low, -50))),
                1 when subject.High < 1e3 && subject.Low > -1e3 => subject.Low + (u * (subject.High - subject.Low)),
                1 => Math.ScaleB(1 + (u * 1000 % 1), (int)(u * 2000) - 1000) * (i % 2 == 0 || subject.Low >= -1 ? 1 : -1),
                _ => Math.ScaleB(1 + (u * 1000 % 1), (int)(u * 60) - 50) * (i % 2 == 0 ? 1 : -1),
            };
            if (x > subject.Low && x < subject.High)
            {
                yield return x;
            }
        }

        foreach (double x in subject.Hard.Concat(_small).SelectMany(static x => new[] { x, -x }))
        {
            if (x > subject.Low && x < subject.High)
            {
                yield return x;
            }
        }
    }

    private static IEnumerable<double> Around(double x)
    {
        for (int i = -3; i <= 3; i++)
        {
            yield return BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + i);
        }
    }
}
