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
    public static GradientProgram Backprop(this Program program, string withRespectTo, Selection? selection = null) =>
        program.Backprop(new BackpropOptions { WithRespectTo = [withRespectTo], Selection = selection ?? Selection.Default });

    /// <summary>
    /// The program that computes the outputs and, backwards, their cotangents' images: vjp products of the
    /// Jacobians that the selection takes.
    /// </summary>
    /// <remarks>
    /// <para>Where every function is path-differentiable and every rule conservative, over the reals, the product is of an element of a
    /// conservative Jacobian of this program; it need not be Clarke's. See docs/theory.md, Composition.</para>
    /// <para>Outputs are those of the program, then <c>grad.NAME</c> for each input asked for, in that order
    /// (with several seeds <c>grad.NAME.0</c>, <c>grad.NAME.1</c>, …). A name that is taken, as in a second backprop, gets a number
    /// (<c>grad.NAME_2</c>): ask <see cref="GradientProgram.Gradient"/>.</para>
    /// <para>One scalar real output is seeded with 1, unless <see cref="BackpropOptions.SeedInput"/>. Where several, or others,
    /// are differentiated, the program takes one more input <c>seed.OUTPUT</c> for each of them (and a number for each seed).</para>
    /// <para>An input on which no output depends gets zeros. Source: complexity specification, 1.5.</para>
    /// </remarks>
    public static GradientProgram Backprop(this Program program, BackpropOptions options) =>
        Derive(WriteOut(program), options, null).Pruned();

    /// <summary>The program with the composites written out that have no vjp of their own: what is swept.</summary>
    internal static Program WriteOut(Program program) => program.Flatten(static composite => composite.HasVjp);

    /// <summary>Backprop of a program that is written out, before the nodes that no output needs are taken out.</summary>
    /// <param name="flat">The program.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="before">Called before each node is swept, with the images of the values, which it may replace by equal ones.</param>
    internal static GradientProgram Derive(Program flat, BackpropOptions options, Action<int, ProgramBuilder, Variable?[]>? before)
    {
        options.Selection.CheckNames(flat.Nodes.Select(n => n.Name));
        var names = Activity.Wanted(flat, options.WithRespectTo);
        var active = Activity.Of(flat, names);
        var (builder, values) = Activity.Begin(flat);
        var outputs = Differentiated(flat, options.Of);
        bool scalar = outputs.Count == 1 && flat.Types[outputs[0].Value].Shape.Rank == 0 && options is { Seeds: 1, SeedInput: false };
        builder.ReplayAll(flat, values);
        var results = new DerivedOutputs(flat, values, options.KeepValues);
        var inputs = new FreshNames(flat.Inputs.Select(i => i.Name));
        var seeds = new Dictionary<(string, int), string>();
        var sweep = new Sweep(flat, builder, values, active, options.Selection);
        for (int seed = 0; seed < options.Seeds; seed++)
        {
            string suffix = options.Seeds == 1 ? "" : $".{seed}";
            var cotangents = new Variable?[values.Length];
            foreach (var output in outputs)
            {
                var type = flat.Types[output.Value];
                Variable given;
                if (scalar)
                {
                    given = builder.Apply(new Dictionary.Fill(type.Shape, 1));
                }
                else
                {
                    string name = inputs.Take($"seed.{output.Name}{suffix}");
                    seeds.Add((output.Name, seed), name);
                    given = builder.Input(name, type, InputRole.Seed);
                }

                sweep.Accumulate(cotangents, output.Value, given);
            }

            sweep.Run(cotangents, seed, before);
            foreach (string name in names)
            {
                int input = flat.Input(name).Value;
                results.Add((name, seed), $"grad.{name}{suffix}", cotangents[input] ?? builder.Apply(new Dictionary.Fill(flat.Types[input].Shape, 0)));
            }
        }

        return new GradientProgram(builder.Build(results.All), names, results.Positions, seeds);
    }

    /// <summary>
    /// The program that computes the outputs and their tangents: jvp products of the Jacobians that the selection takes, as for backprop.
    /// </summary>
    /// <remarks>
    /// It takes one more input <c>tangent.NAME</c> for each input asked for (with several directions
    /// <c>tangent.NAME.0</c>, …), and has one more output <c>jvp.OUTPUT</c> for each real output; numbered where a name is taken.
    /// </remarks>
    public static TangentProgram Forprop(this Program program, ForpropOptions options)
    {
        var flat = program.Flatten();
        options.Selection.CheckNames(flat.Nodes.Select(n => n.Name));
        var names = Activity.Wanted(flat, options.WithRespectTo);
        var active = Activity.Of(flat, names);
        var (builder, values) = Activity.Begin(flat);
        var inputs = new FreshNames(flat.Inputs.Select(i => i.Name));
        var tangents = new Dictionary<(string, int), string>();
        var directions = new Variable?[options.Directions][];
        for (int d = 0; d < directions.Length; d++)
        {
            string suffix = options.Directions == 1 ? "" : $".{d}";
            directions[d] = new Variable?[values.Length];
            foreach (string name in names)
            {
                int input = flat.Input(name).Value;
                string tangent = inputs.Take($"tangent.{name}{suffix}");
                tangents.Add((name, d), tangent);
                directions[d][input] = builder.Input(tangent, flat.Types[input], InputRole.Tangent);
            }
        }

        var sweep = new Sweep(flat, builder, values, active, options.Selection);
        foreach (var node in flat.Nodes)
        {
            builder.Replay(node, values);
            sweep.Advance(node, directions);
        }

        var results = new DerivedOutputs(flat, values, options.KeepValues);
        for (int d = 0; d < directions.Length; d++)
        {
            string suffix = options.Directions == 1 ? "" : $".{d}";
            foreach (var output in flat.Outputs.Where(o => flat.Types[o.Value].Kind == Tensors.ElementKind.Real))
            {
                results.Add((output.Name, d), $"jvp.{output.Name}{suffix}",
                    directions[d][output.Value] ?? builder.Apply(new Dictionary.Fill(flat.Types[output.Value].Shape, 0)));
            }
        }

        return new TangentProgram(builder.Build(results.All).Prune(), results.Positions, tangents);
    }

    private static List<NamedValue> Differentiated(Program program, IReadOnlyList<string> names)
    {
        var real = program.Outputs.Where(o => program.Types[o.Value].Kind == Tensors.ElementKind.Real).ToList();
        return names.FirstOrDefault(name => real.TrueForAll(o => o.Name != name)) is { } missing
            ? throw new NonsmoothException($"no real output '{missing}' to differentiate: the program has {string.Join(", ", real.Select(o => o.Name))}")
            : names.Count == 0 ? real : real.FindAll(o => names.Contains(o.Name));
    }
}
