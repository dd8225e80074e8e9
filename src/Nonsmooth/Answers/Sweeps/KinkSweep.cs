using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>Emits sweeps over a program in <see cref="KinkForm"/>, with pieces decided by an <see cref="IKinkResolver"/>.</summary>
internal sealed class KinkSweep
{
    private readonly bool[] _active;

    public KinkSweep(Program form, IReadOnlyList<string> withRespectTo)
    {
        Form = form;
        Names = Activity.Wanted(form, withRespectTo);
        _active = Activity.Of(form, Names);
        (Builder, Values) = Activity.Begin(form);
    }

    public Program Form { get; }

    public IReadOnlyList<string> Names { get; }

    public ProgramBuilder Builder { get; }

    /// <summary>Images of the program's values.</summary>
    public Variable?[] Values { get; }

    public bool IsActive(Node node) => node.Arguments.Any(a => _active[a]);

    /// <summary>Values and tangents, forwards, deciding every kink on the way.</summary>
    /// <param name="resolver">What decides; null emits values only.</param>
    /// <param name="directions">For each direction the tangent of each value, filled in from the inputs' on.</param>
    public Dictionary<Node, IResolvedKink> Forward(IKinkResolver? resolver, IReadOnlyList<Variable?[]> directions)
    {
        var resolved = new Dictionary<Node, IResolvedKink>();
        foreach (var node in Form.Nodes)
        {
            Builder.Replay(node, Values);
            if (resolver is null || !IsActive(node))
            {
                continue;
            }

            using (Builder.Derivative(node, NodeRole.Jvp, Values[node.Results[0]]!.Maker))
            {
                Advance(node, resolver, directions, resolved);
            }
        }

        return resolved;
    }

    /// <summary>Decides every kink of a program whose values are emitted, without tangents.</summary>
    public Dictionary<Node, IResolvedKink> Resolve(IKinkResolver resolver) => Form.Nodes
        .Where(IsActive)
        .Select(n => (Node: n, Kink: Resolve(n, resolver, At(n), [])))
        .Where(n => n.Kink is not null)
        .ToDictionary(n => n.Node, n => n.Kink!);

    /// <summary>Cotangents of all values from those of some, backwards over the decided pieces.</summary>
    /// <param name="resolved">The decided kinks.</param>
    /// <param name="cotangents">Those of the outputs; the others are filled in.</param>
    /// <param name="arrived">Called with a node before its vjp, when the cotangent of its result is complete.</param>
    public void Reverse(Dictionary<Node, IResolvedKink> resolved, Variable?[] cotangents, Action<Node>? arrived = null)
    {
        foreach (var node in Form.Nodes.Reverse())
        {
            arrived?.Invoke(node);
            if (!IsActive(node) || !node.Results.Any(r => cotangents[r] is not null))
            {
                continue;
            }

            using (Builder.Derivative(node, NodeRole.Vjp, Values[node.Results[0]]!.Maker))
            {
                var arguments = resolved.TryGetValue(node, out var kink)
                    ? kink.Vjp(cotangents[node.Results[0]]!)
                    : node.Function.Vjp(At(node), [.. node.Results.Select(r => cotangents[r])]);
                for (int a = 0; a < arguments.Count; a++)
                {
                    Accumulate(cotangents, node.Arguments[a], arguments[a]);
                }
            }
        }
    }

    /// <summary>Adds to a value's cotangent.</summary>
    public void Accumulate(Variable?[] cotangents, int value, Variable? cotangent)
    {
        if (cotangent is not null && _active[value])
        {
            cotangents[value] = cotangents[value] is { } before ? Functions.Add(before, cotangent) : cotangent;
        }
    }

    /// <summary>The tangent or cotangent of a value; zeros where there is none.</summary>
    public Variable OrZero(Variable?[] images, int value) =>
        images[value] ?? Builder.Apply(new Fill(Form.Types[value].Shape, 0));

    /// <summary>What was emitted, with exact sums and products of derivatives; the form's values stay what they are in doubles.</summary>
    public ExactSweeps Exactly(IEnumerable<(string Name, Variable Value)> outputs, IReadOnlyList<Array> inputs, Deadline? deadline = null) =>
        new(Builder.Build(outputs), Values, inputs, deadline);

    /// <summary>The only real output, which must be one number.</summary>
    /// <exception cref="NonsmoothException">It is not; the message lists the outputs.</exception>
    public static NamedValue ScalarOutput(Program program)
    {
        var real = program.Outputs.Where(o => program.Types[o.Value].Kind == ElementKind.Real).ToList();
        return real.Count == 1 && program.Types[real[0].Value].Shape.Count64 == 1
            ? real[0]
            : throw new NonsmoothException(
                $"the program must have one real output of one element, it has {string.Join(", ", real.Select(o => $"{o.Name}: {program.Types[o.Value]}"))}: reduce it to one number");
    }

    private void Advance(
        Node node, IKinkResolver resolver, IReadOnlyList<Variable?[]> directions, Dictionary<Node, IResolvedKink> resolved)
    {
        var at = At(node);
        IReadOnlyList<Variable?>[] tangents = [.. directions.Select(d => (IReadOnlyList<Variable?>)[.. node.Arguments.Select(a => d[a])])];
        var kink = Resolve(node, resolver, at, tangents);
        if (kink is not null)
        {
            resolved[node] = kink;
        }

        for (int d = 0; d < tangents.Length; d++)
        {
            var results = kink is null ? node.Function.Jvp(at, tangents[d]) : [kink.Jvp(tangents[d])];
            for (int r = 0; r < node.Results.Length; r++)
            {
                directions[d][node.Results[r]] = results[r];
            }
        }
    }

    // A smooth slope that is long to write out is made once for all sweeps.
    private static IResolvedKink? Resolve(
        Node node, IKinkResolver resolver, Derivation at, IReadOnlyList<IReadOnlyList<Variable?>> tangents) =>
        KinkKinds.Of(node.Function) != KinkKind.Smooth ? resolver.Resolve(node, at, tangents)
            : node.Function is IUnaryFunction { Rule: IGradientRule rule }
                ? new ScaledKink(rule.Slope(Traced.Of(at.Arguments[0]), Traced.Of(at.Results[0]), Selection.Default).Materialise(at.Arguments[0]))
                : null;

    private Derivation At(Node node) => new(
        Builder,
        [.. node.Arguments.Select(a => Values[a]!)],
        [.. node.Results.Select(r => Values[r]!)],
        [.. node.Arguments.Select(a => _active[a])],
        Selection.Default);
}
