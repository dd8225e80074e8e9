using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>
/// The unit model U(c): + − × and comparisons cost 1, nonlinear functions cost c; derived programs are priced by it.
/// </summary>
/// <param name="Nonlinear">The cost c of an exponential, a logarithm, an inverse, a root; at least 1.</param>
/// <remarks>
/// Costs of derived programs are not a table: they are counted by running each scalar function's own
/// derivative rule on the counting scalar. Moves, copies and constants cost nothing, so the model says nothing of seconds. Source: complexity specification, 1.2, 2.2 and 2.3.
/// </remarks>
public sealed record UnitModel(double Nonlinear)
{
    private static readonly Dictionary<ScalarOperation, ScalarEntry> _entries = new()
    {
        [ScalarOperation.Add] = ScalarEntry.Of(new Binary<Add>(default), 2),
        [ScalarOperation.Multiply] = ScalarEntry.Of(new Binary<Multiply>(default), 2),
        [ScalarOperation.AddConstant] = ScalarEntry.Of(new Unary<AddConstant>(new(2)), 1),
        [ScalarOperation.MultiplyConstant] = ScalarEntry.Of(new Unary<MultiplyConstant>(new(2)), 1),
        [ScalarOperation.Compare] = ScalarEntry.Of(new Unary<Relu>(default), 1),
        [ScalarOperation.Maximum] = ScalarEntry.Of(new Binary<Maximum>(default), 2),
        [ScalarOperation.Divide] = ScalarEntry.Of(new Binary<Divide>(default), 2),
        [ScalarOperation.Inverse] = ScalarEntry.Of(new Unary<Reciprocal>(default), 1),
        [ScalarOperation.Exp] = ScalarEntry.Of(new Unary<Exp>(default), 1),
        [ScalarOperation.Log] = ScalarEntry.Of(new Unary<Log>(default), 1),
        [ScalarOperation.Sqrt] = ScalarEntry.Of(new Unary<Sqrt>(default), 1),
        [ScalarOperation.Tanh] = ScalarEntry.Of(new Unary<Tanh>(default), 1),
        [ScalarOperation.Sigmoid] = ScalarEntry.Of(new Unary<Sigmoid>(default), 1),
        [ScalarOperation.Sine] = ScalarEntry.Of(new Unary<Sin>(default), 1),
        [ScalarOperation.Erf] = ScalarEntry.Of(new Unary<Erf>(default), 1),
        [ScalarOperation.Power] = ScalarEntry.Of(new Binary<Pow>(default), 2),
        [ScalarOperation.Round] = ScalarEntry.Of(new Unary<Floor>(default), 1),
    };

    /// <summary>The scalar functions that the model prices, each by its kind of operation.</summary>
    public static IReadOnlyDictionary<ScalarOperation, ScalarEntry> Primitives => _entries;

    /// <summary>The cost of one operation of a kind.</summary>
    public double Cost(ScalarOperation kind) => kind switch
    {
        ScalarOperation.Add or ScalarOperation.Multiply or ScalarOperation.AddConstant or ScalarOperation.MultiplyConstant
            or ScalarOperation.Compare or ScalarOperation.Maximum or ScalarOperation.Round => 1,
        ScalarOperation.Divide => 1 + Nonlinear,
        _ => Nonlinear,
    };

    /// <summary>The cost of so many operations.</summary>
    public double Cost(OperationCount count) =>
        Enum.GetValues<ScalarOperation>().Sum(kind => count[kind] * Cost(kind));

    /// <summary>The cost of a program's value.</summary>
    public double Cost(Program program) => Cost(program.UnitCount());

    /// <summary>
    /// The cost of backprop by Algorithm 2, value included: G + q·E·2, every edge active.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="seeds">How many cotangents, q.</param>
    public double Backprop(Program program, long seeds = 1) =>
        Entries(program).Sum(e => e.Times * (Cost(e.Entry.Derived) + (2.0 * seeds * e.Entry.Arity)));

    /// <summary>The cost of forprop by Algorithm 2, value included: G + r·(2E − V).</summary>
    /// <param name="program">The program.</param>
    /// <param name="directions">How many tangents, r.</param>
    public double Forprop(Program program, long directions) =>
        Entries(program).Sum(e => e.Times * (Cost(e.Entry.Derived) + (directions * ((2.0 * e.Entry.Arity) - 1))));

    /// <summary>The bounds over the scalar functions that a program uses, for one cotangent and as many tangents as given.</summary>
    /// <param name="program">The program.</param>
    /// <param name="directions">How many tangents the forward bound is for.</param>
    public Bound Bound(Program program, long directions) => Bound(Entries(program).Select(e => e.Entry), directions);

    /// <summary>The bounds ω_b and ω_f over some scalar functions, with those that attain them.</summary>
    public Bound Bound(IEnumerable<ScalarEntry> dictionary, long directions)
    {
        var backward = (Ratio: 0.0, Name: "nothing");
        var forward = (Ratio: 0.0, Name: "nothing");
        foreach (var entry in dictionary)
        {
            double value = Cost(entry.Value);
            double derived = Cost(entry.Derived);
            double back = (derived + (2 * entry.Arity)) / value;
            double fore = (derived + (directions * ((2.0 * entry.Arity) - 1))) / value;
            backward = back > backward.Ratio ? (back, entry.Name) : backward;
            forward = fore > forward.Ratio ? (fore, entry.Name) : forward;
        }

        return new Bound(backward.Ratio, backward.Name, forward.Ratio, forward.Name, directions);
    }

    // A function of scalars is one node an element; any other stands for its expansion into primitives.
    private static IEnumerable<(ScalarEntry Entry, long Times)> Entries(Program program)
    {
        foreach (var node in program.Nodes)
        {
            var types = program.ArgumentTypes(node);
            if (node.Function is IScalarFunction)
            {
                yield return (ScalarEntry.Of(node.Function, node.Arguments.Length), types[0].Shape.Count64);
                continue;
            }

            var count = node.Function.UnitCount(types);
            foreach (var kind in Enum.GetValues<ScalarOperation>())
            {
                if (count[kind] > 0)
                {
                    yield return (_entries[kind], count[kind]);
                }
            }
        }
    }
}
