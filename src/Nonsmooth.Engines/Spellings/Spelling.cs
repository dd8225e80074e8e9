using System.Runtime.CompilerServices;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Spellings;

/// <summary>One way to write a function.</summary>
/// <param name="Name">The name that recordings have it under.</param>
/// <param name="Function">The mathematical function that it writes: spellings of one function should agree.</param>
/// <param name="Kind">How it is asked.</param>
/// <param name="Arguments">How many arguments it has.</param>
/// <param name="Build">The function over variables, in the operations of a dialect.</param>
public sealed record Spelling(
    string Name, string Function, SpellingKind Kind, int Arguments, Func<Dialect, IReadOnlyList<Variable>, Variable> Build)
{
    /// <summary>How it is written in Python, over operations E: <c>lambda E, x: E.relu(x)</c>.</summary>
    /// <remarks>Made of the source of <see cref="Build"/>; docs/engines.md says what the operations are.</remarks>
    public string Written { get; init; } = "";

    /// <summary>How it is shown in tables: <c>where(x &gt; 0, x, 0)</c>.</summary>
    public string Shown => PythonText.Shown(Written);

    /// <summary>The set of points at which it is asked: see <see cref="PointSets"/>.</summary>
    public string Points { get; init; } = Kind == SpellingKind.Map ? $"map{Arguments}" : "vector";

    /// <summary>The spelling as a program, or the reason why there is none.</summary>
    /// <param name="dialect">What its operations are.</param>
    /// <param name="shapes">The shapes of its arguments.</param>
    public Expression Express(Dialect dialect, IReadOnlyList<Shape> shapes)
    {
        try
        {
            var program = Program.Trace(
                [.. shapes.Select((s, i) => ($"x{i}", TensorType.Real(s)))], x => [("value", Build(dialect, x))]);
            return new(program, null);
        }
        catch (MissingFunctionException missing)
        {
            return new(null, missing.Function);
        }
    }

    internal static Spelling Map(string name, string function, Func<Dialect, Variable, Variable> build, [CallerArgumentExpression(nameof(build))] string text = "") =>
        new(name, function, SpellingKind.Map, 1, (e, x) => build(e, x[0])) { Written = PythonText.Of(text) };

    internal static Spelling Map(string name, string function, Func<Dialect, Variable, Variable, Variable> build, [CallerArgumentExpression(nameof(build))] string text = "") =>
        new(name, function, SpellingKind.Map, 2, (e, x) => build(e, x[0], x[1])) { Written = PythonText.Of(text) };

    internal static Spelling Map(string name, string function, Func<Dialect, Variable, Variable, Variable, Variable> build, [CallerArgumentExpression(nameof(build))] string text = "") =>
        new(name, function, SpellingKind.Map, 3, (e, x) => build(e, x[0], x[1], x[2])) { Written = PythonText.Of(text) };

    internal static Spelling Vector(
        string name, string function, Func<Dialect, Variable, Variable> build, string points = "vector", [CallerArgumentExpression(nameof(build))] string text = "") =>
        new(name, function, SpellingKind.Vector, 1, (e, x) => build(e, x[0])) { Written = PythonText.Of(text), Points = points };
}
