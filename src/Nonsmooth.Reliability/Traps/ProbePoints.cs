using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Traps;

/// <summary>Where a program is probed: one input at each point, the rest at each.</summary>
/// <param name="program">The program.</param>
/// <param name="options">What its inputs can be.</param>
internal sealed class ProbePoints(Program program, TrapOptions options)
{
    // 1000 overflows an exponential, 1000.1 has a square that rounds, one entry apart from the rest underflows a softmax.
    private static readonly Point[] _points =
    [
        .. new[] { 0, 1, 0.5, -1, 2, 1e-12, 1000, -1000, 1000.1 }.Select(Constant),
        new("(1000, -1000, …)", 1000, i => i == 0 ? 1000 : -1000),
        new("(0, 1, …)", 1, i => i == 0 ? 0 : 1),
    ];

    /// <summary>The points in words, with one array an input; indices are 0 and masks false everywhere.</summary>
    /// <param name="bound">The largest magnitude.</param>
    /// <param name="extra">One more point, taken first.</param>
    public IEnumerable<(string Point, Array[] Arrays)> All(double bound, double? extra)
    {
        var points = _points.Where(p => p.Bound <= bound).ToList();
        if (extra is { } low)
        {
            points.Insert(0, Constant(low));
        }

        var inputs = program.Inputs;
        var reals = Enumerable.Range(0, inputs.Count).Where(i => program.Types[inputs[i].Value].Kind == ElementKind.Real).ToArray();
        foreach (int first in reals)
        {
            foreach (var one in points.Where(p => Allowed(first, p)))
            {
                foreach (var two in reals.Length == 1 ? [one] : points.Where(p => reals.All(r => r == first || Allowed(r, p))))
                {
                    string others = reals.Length == 1 ? "" : $", the rest {two.Name}";
                    yield return ($"{inputs[first].Name} = {one.Name}{others}", Fill(i => i == first ? one : two));
                }
            }
        }
    }

    private static Point Constant(double number) => new(number.ToString(CultureInfo.InvariantCulture), Math.Abs(number), _ => number);

    private bool Allowed(int input, Point point) =>
        !options.Inputs.TryGetValue(program.Inputs[input].Name, out var range) || (range.Contains(point.Element(0)) && range.Contains(point.Element(1)));

    private Array[] Fill(Func<int, Point> point) => [.. program.Inputs.Select((input, i) =>
    {
        var type = program.Types[input.Value];
        return (Array)(type.Kind switch
        {
            ElementKind.Real => Enumerable.Range(0, type.Shape.Elements).Select(point(i).Element).ToArray(),
            ElementKind.Index => new long[type.Shape.Elements],
            _ => new bool[type.Shape.Elements],
        });
    })];

    private sealed record Point(string Name, double Bound, Func<int, double> Element);
}
