using System.Globalization;
using Nonsmooth.Dictionary;
using Nonsmooth.Testing;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Where functions are tried: at several scales, and where something is degenerate.</summary>
internal static class Points
{
    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["1", "1e-6", "1e-3", "1e3", "1e6", "ties", "zeros", "constant", "far", "hot", "+∞", "−∞", "NaN", "NaNs"];

    /// <summary>Arguments at such a point, numbers of a format.</summary>
    public static Array[] Draw(string name, IReadOnlyList<ExampleArgument> arguments, int seed, Func<double, double> round)
    {
        var drawn = Examples.Draw(arguments, new Random(seed), (argument, x) => round(name switch
        {
            "ties" => Math.Round(x),
            "zeros" => Math.Round(x / 4),
            _ when char.IsDigit(name[0]) => double.Parse(name, CultureInfo.InvariantCulture) * x,
            _ => x,
        }));
        var random = new Random(seed + 1);
        for (int a = 0; a < drawn.Length; a++)
        {
            if (drawn[a] is not double[] reals || reals.Length == 0 || arguments[a].Function is not null)
            {
                continue;
            }

            switch (name)
            {
                case "zeros":
                    drawn[a] = Array.ConvertAll(reals, x => x == 0 && random.Next(2) == 0 ? -0.0 : x);
                    break;
                case "constant":
                    Array.Fill(reals, reals[0]);
                    break;
                case "far":
                    Array.Fill(reals, round(1000.1));
                    break;
                case "NaNs":
                    drawn[a] = Array.ConvertAll(reals, x => random.Next(2) == 0 ? double.NaN : x);
                    break;
                case "hot":
                    drawn[a] = Array.ConvertAll(reals, x => round(x * 1e-3));
                    ((double[])drawn[a])[random.Next(reals.Length)] = round(1e3);
                    break;
                case "+∞" or "−∞" or "NaN" when a == 0:
                    reals[random.Next(reals.Length)] = name == "NaN" ? double.NaN : name == "+∞" ? double.PositiveInfinity : double.NegativeInfinity;
                    break;
            }
        }

        return drawn;
    }
}
