using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Differentiation;

/// <summary>Backprop and forprop: transformations from programs to programs over the same dictionary.</summary>
public static class Differentiator
{
    /// <summary>The program of the value and its gradient in one input.</summary>
    /// <param name="program">The program.</param>
    /// <param name="withRespectTo">The name of the input.</param>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    public static Program Backprop(this Program program, string withRespectTo, Selection? selection = null) =>
        program.Backprop(new BackpropOptions { WithRespectTo = [withRespectTo], Selection = selection ?? Selection.Default });

    /// <summary>
    /// The program that computes the outputs and, backwards, their cotangents' images: vjp products of the
    /// Jacobians that the selection takes.
    /// </summary>
    /// <remarks>
    /// <para>Where every function is path-differentiable and every rule conservative, over the reals, the product is of an element of a
    /// conservative Jacobian of this program; it need not be Clarke's. See docs/theory.md, Composition.</para>
    /// <para>Outputs are those of the program, then <c>grad.NAME</c> for each input asked for, in that order
    /// (with several seeds <c>grad.NAME.0</c>, <c>grad.NAME.1</c>, …).</para>
    /// <para>One scalar real output is seeded with 1, unless <see cref="BackpropOptions.SeedInput"/>. Where several, or others,
    /// are differentiated, the program takes one more input <c>seed.OUTPUT</c> for each of them (and a number for each seed).</para>
    /// <para>An input on which no output depends gets zeros. Source: complexity specification, 1.5.</para>
    /// </remarks>
    public static Program Backprop(this Program program, BackpropOptions options) =>
        Derive(WriteOut(program), options, null).Prune();

    /// <summary>The program with the composites written out that have no vjp of their own: what is swept.</summary>
    internal static Program WriteOut(Program program) => program.Flatten(static composite => composite.HasVjp);

    /// <summary>Backprop of a program that is written out, before the nodes that no output needs are taken out.</summary>
    /// <param name="flat">The program.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="before">Called before each node is swept, with the images of the values, which it may replace by equal ones.</param>
    internal static Program Derive(Program flat, BackpropOptions options, Action<int, ProgramBuilder, Variable?[]>? before)
    {
        var names = Activity.Wanted(flat, options.WithRespectTo);
        var active = Activity.Of(flat, names);
        var (builder, values) = Activity.Begin(flat);
        var outputs = Differentiated(flat, options.Of);
        bool scalar = outputs.Count == 1 && flat.Types[outputs[0].Value].Shape.Rank == 0 && options is { Seeds: 1, SeedInput: false };
        foreach (var node in flat.Nodes)
        {
            builder.Replay(node, values);
        }

        var results = flat.Outputs.Select(o => (o.Name, values[o.Value]!)).ToList();
        for (int seed = 0; seed < options.Seeds; seed++)
        {
            string suffix = options.Seeds == 1 ? "" : $".{seed}";
            var cotangents = new Variable?[values.Length];
            foreach (var output in outputs)
            {
                var type = flat.Types[output.Value];
                var given = scalar
                    ? builder.Apply(new Dictionary.Fill(type.Shape, 1))
                    : builder.Input($"seed.{output.Name}{suffix}", type, InputRole.Seed);
                Accumulate(cotangents, output.Value, given, active);
            }

            Sweep(flat, builder, values, cotangents, active, options.Selection, before);
            foreach (string name in names)
            {
                int input = flat.Input(name).Value;
                results.Add(($"grad.{name}{suffix}", cotangents[input] ?? builder.Apply(new Dictionary.Fill(flat.Types[input].Shape, 0))));
            }
        }

        return builder.Build(options.KeepValues ? results : results.Skip(flat.Outputs.Count));
    }

    /// <summary>
    /// The program that computes the outputs and their tangents: jvp products of the Jacobians that the selection takes, as for backprop.
    /// </summary>
    /// <remarks>
    /// It takes one more input <c>tangent.NAME</c> for each input asked for (with several directions
    /// <c>tangent.NAME.0</c>, …), and has one more output <c>jvp.OUTPUT</c> for each real output.
    /// </remarks>
    public static Program Forprop(this Program program, ForpropOptions options)
    {
        var flat = program.Flatten();
        var names = Activity.Wanted(flat, options.WithRespectTo);
        var active = Activity.Of(flat, names);
        var (builder, values) = Activity.Begin(flat);
        var results = new List<(string, Variable)>();
        var directions = new Variable?[options.Directions][];
        for (int d = 0; d < directions.Length; d++)
        {
            string suffix = options.Directions == 1 ? "" : $".{d}";
            directions[d] = new Variable?[values.Length];
            foreach (string name in names)
            {
                int input = flat.Input(name).Value;
                directions[d][input] = builder.Input($"tangent.{name}{suffix}", flat.Types[input], InputRole.Tangent);
            }
        }

        foreach (var node in flat.Nodes)
        {
            builder.Replay(node, values);
            if (node.Results.Any(r => active[r]))
            {
                Advance(node, builder, values, directions, active, options.Selection);
            }
        }

        results.AddRange(flat.Outputs.Select(o => (o.Name, values[o.Value]!)));
        for (int d = 0; d < directions.Length; d++)
        {
            string suffix = options.Directions == 1 ? "" : $".{d}";
            foreach (var output in flat.Outputs.Where(o => flat.Types[o.Value].Kind == Tensors.ElementKind.Real))
            {
                results.Add(($"jvp.{output.Name}{suffix}",
                    directions[d][output.Value] ?? builder.Apply(new Dictionary.Fill(flat.Types[output.Value].Shape, 0))));
            }
        }

        return builder.Build(options.KeepValues ? results : results.Skip(flat.Outputs.Count)).Prune();
    }

    private static List<NamedValue> Differentiated(Program program, IReadOnlyList<string> names)
    {
        var real = program.Outputs.Where(o => program.Types[o.Value].Kind == Tensors.ElementKind.Real).ToList();
        return names.FirstOrDefault(name => real.TrueForAll(o => o.Name != name)) is { } missing
            ? throw new NonsmoothException($"no real output '{missing}' to differentiate: the program has {string.Join(", ", real.Select(o => o.Name))}")
            : names.Count == 0 ? real : real.FindAll(o => names.Contains(o.Name));
    }

    private static void Sweep(
        Program program,
        ProgramBuilder builder,
        Variable?[] values,
        Variable?[] cotangents,
        bool[] active,
        Selection selection,
        Action<int, ProgramBuilder, Variable?[]>? before)
    {
        for (int i = program.Nodes.Count - 1; i >= 0; i--)
        {
            before?.Invoke(i, builder, values);
            var node = program.Nodes[i];
            if (!node.Results.Any(r => cotangents[r] is not null) || !node.Arguments.Any(a => active[a]))
            {
                continue;
            }

            using (builder.Scope($"{node.Name}.vjp"))
            {
                var at = At(node, builder, values, active, selection);
                var arguments = node.Function.Vjp(at, [.. node.Results.Select(r => cotangents[r])]);
                for (int a = 0; a < node.Arguments.Length; a++)
                {
                    if (arguments[a] is { } cotangent)
                    {
                        Accumulate(cotangents, node.Arguments[a], cotangent, active);
                    }
                }
            }
        }
    }

    private static void Advance(
        Node node, ProgramBuilder builder, Variable?[] values, Variable?[][] directions, bool[] active, Selection selection)
    {
        using (builder.Scope($"{node.Name}.jvp"))
        {
            var at = At(node, builder, values, active, selection);
            foreach (var tangents in directions)
            {
                var results = node.Function.Jvp(at, [.. node.Arguments.Select(a => tangents[a])]);
                for (int r = 0; r < node.Results.Length; r++)
                {
                    tangents[node.Results[r]] = results[r];
                }
            }
        }
    }

    private static Derivation At(Node node, ProgramBuilder builder, Variable?[] values, bool[] active, Selection selection) => new(
        builder,
        [.. node.Arguments.Select(a => values[a]!)],
        [.. node.Results.Select(r => values[r]!)],
        [.. node.Arguments.Select(a => active[a])],
        selection.For(node.Name));

    // The first cotangent is taken as it is; the theory's count of an addition per edge is an upper bound.
    private static void Accumulate(Variable?[] cotangents, int value, Variable cotangent, bool[] active)
    {
        if (active[value])
        {
            cotangents[value] = cotangents[value] is { } before ? Dictionary.Functions.Add(before, cotangent) : cotangent;
        }
    }
}
