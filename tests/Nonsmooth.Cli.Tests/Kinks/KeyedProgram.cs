using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;

namespace Nonsmooth.Cli.Tests.Kinks;

/// <summary>A program whose gradient reads a key, a point where it does, and one where it does not.</summary>
internal sealed record KeyedProgram(ElementaryFunction Function, Program Program, IReadOnlyList<Array> AtKink, IReadOnlyList<Array> Beside)
{
    public static IReadOnlyList<SelectionKey> Keys => [.. StandardDictionary.Keys, Taller.Ties];

    public string Node => Program.Nodes.Single(n => n.Function == Function).Name;

    public static KeyedProgram Of(string name)
    {
        var key = SelectionKey.Find(name);
        if (key == SelectionKeys.WeaklyActive)
        {
            return Made(new Simplex(), [new Shape(2), Shape.Scalar], [[1.0, 0.0], [1.0]], [[1.0, 0.5], [1.0]]);
        }

        if (key == Taller.Ties)
        {
            return Made(new Binary<Taller>(default), [new Shape(2), new Shape(2)], [[1.0, 2.0], [1.0, 3.0]], [[1.0, 2.0], [0.5, 3.0]]);
        }

        var row = StandardDictionary.Rows.First(r => r.Function is not CompositeFunction && r.Function.Keys.Contains(key)
            && (key is not SelectionKey<KinkRule> || Kinks(r.Function).Any()) && r.Arguments.All(a => a.Type.Kind == ElementKind.Real));
        double kink = key is SelectionKey<KinkRule> ? Kinks(row.Function).First().At : key is SelectionKey<TieRule> ? 1 : 0;
        return Made(
            row.Function,
            [.. row.Arguments.Select(a => a.Type.Shape)],
            [.. row.Arguments.Select(a => Enumerable.Repeat(kink, a.Type.Shape.Elements).ToArray())],
            [.. row.Arguments.Select((a, j) => Enumerable.Range(0, a.Type.Shape.Elements).Select(i => kink + 0.25 + (0.5 * i) + (7 * j)).ToArray())]);
    }

    private static IEnumerable<Kink> Kinks(ElementaryFunction function) => function.KinkPoints(Selection.Default).Where(k => k.Left != k.Right);

    private static KeyedProgram Made(ElementaryFunction function, Shape[] shapes, double[][] kink, double[][] beside) => new(
        function,
        Program.Trace([.. shapes.Select((s, i) => ($"x{i}", TensorType.Real(s)))], v =>
        {
            var y = v[0].Builder.ApplyAll(function, [.. v])[0];
            return [("y", Functions.Square(y + 3.7).Sum())];
        }),
        kink,
        beside);

    /// <summary>A function of one's own with a key of its own.</summary>
    public readonly record struct Taller : IBinary
    {
        public static SelectionKey<TieRule> Ties { get; } = new("taller-ties", TieRule.Average)
        {
            Topic = "how equal arguments of taller share the gradient", Sides = "a half each, or all to the first", Others = [TieRule.First],
        };

        public string Name => "taller";

        public T Value<T>(T a, T b)
            where T : Arithmetic.IScalar<T> => T.Max(a, b, Ties);
    }
}
