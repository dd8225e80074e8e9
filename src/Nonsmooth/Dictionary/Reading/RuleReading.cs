using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>What an elementwise rule tells when it is read: see <see cref="Recording"/>.</summary>
internal static class RuleReading
{
    /// <summary>Reads a rule of one variable; what it says of itself comes first.</summary>
    public static FunctionFacts Of(IUnary rule, Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> expand)
    {
        var recording = Recording.Of(1, a => rule.Value(a[0]));
        var declared = rule.Kinks(Selection.Default);
        var said = rule.Facts;
        return new()
        {
            Kinks = said?.Kinks
                ?? (declared is { Count: > 0 }
                    ? new KinkStructure.Points(Words(declared), s => rule.Kinks(s)!)
                    : KinkReading.Of(recording, rule, expand)),
            Keys = said?.Keys ?? Selection.KeysRead(s =>
            {
                rule.Kinks(s);
                Recording.Of(1, a => rule.Slope(a[0], a[0], s));
            }),
            Saves = said?.Saves ?? Kept(rule),
            Rounds = said?.Rounds,
            Recording = recording,
            IsPiecewiseLinear = said?.IsPiecewiseLinear ?? recording.IsPiecewiseLinear,
        };
    }

    /// <summary>Reads a rule of two variables; what it says of itself comes first.</summary>
    public static FunctionFacts Of(IBinary rule, Func<IReadOnlyList<Variable>, IReadOnlyList<Variable>> expand)
    {
        var recording = Recording.Of(2, a => rule.Value(a[0], a[1]));
        var said = rule.Facts;
        return new()
        {
            Kinks = said?.Kinks ?? KinkReading.Of(recording, null, expand),
            Keys = said?.Keys ?? Selection.KeysRead(s => Recording.Of(2, a => Both(rule, a, s))),
            Saves = said?.Saves ?? (Slopes(3, a => Both(rule, a, Selection.Default)).Any() ? Saved.Arguments : Saved.Nothing),
            Rounds = said?.Rounds,
            Recording = recording,
            IsPiecewiseLinear = said?.IsPiecewiseLinear ?? recording.IsPiecewiseLinear,
        };
    }

    /// <summary>The points in words: <c>x = -3 and x = 3</c>.</summary>
    public static string Words(IEnumerable<Kink> kinks) =>
        string.Join(" and ", kinks.Select(k => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"x = {k.At}")));

    private static Recorded Both(IBinary rule, Recorded[] a, Selection selection)
    {
        var (first, second) = rule.Slopes(a[0], a[1], a.Length > 2 ? a[2] : a[0], selection);
        return first + second;
    }

    // An engine keeps the value where that is enough, since the next layer mostly keeps it too.
    private static Saved Kept(IUnary rule)
    {
        if (rule is IPiecewiseLinear linear && linear.SlopesFromValue(Selection.Default))
        {
            return Saved.Result;
        }

        int[] read = [.. Slopes(2, a => rule.Slope(a[0], a[1], Selection.Default))];
        return read.Length == 0 ? Saved.Nothing : read.Contains(0) ? Saved.Argument : Saved.Result;
    }

    // Which arguments a slope depends on.
    private static IEnumerable<int> Slopes(int arguments, Func<Recorded[], Recorded> slope)
    {
        var recording = Recording.Of(arguments, slope);
        var reached = new bool[recording.Steps.Count];
        reached[recording.Result] = true;
        for (int i = recording.Steps.Count - 1; i >= 0; i--)
        {
            foreach (int operand in reached[i] ? recording.Steps[i].Operands : [])
            {
                reached[operand] = true;
            }
        }

        return Enumerable.Range(0, arguments).Where(a => reached[a]);
    }
}
