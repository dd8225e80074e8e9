using Nonsmooth.Randomness;

namespace Nonsmooth.Conservativity;

/// <summary>A stratum that was given.</summary>
internal sealed class CurvedPlace(Stratum stratum) : IPlace
{
    public string Name => stratum.Name;

    public IReadOnlyList<IPath> Loop(ref RandomSequence random)
    {
        double[] a = Draw(ref random), b = Draw(ref random), c = Draw(ref random);
        return [new CurvedPath(stratum, a, b), new CurvedPath(stratum, b, c), new CurvedPath(stratum, c, a)];
    }

    private double[] Draw(ref RandomSequence random)
    {
        var parameters = new double[stratum.Parameters];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = (4 * random.NextDouble()) - 2;
        }

        return parameters;
    }
}
