namespace Nonsmooth.Tests.Dictionary;

/// <summary>One checker for every function's contract: types, value, jvp, vjp, kinks, counts.</summary>
internal static class RuleChecker
{
    private const double _step = 1e-5;

    /// <summary>Arguments drawn inside the row's ranges; max-pool indices are those of the pool itself.</summary>
    public static Array[] Draw(DictionaryRow row, int seed)
    {
        var random = new Random(seed);
        var arrays = row.Arguments.Select(a => Draw(a, random)).ToArray();
        var pool = row.Function switch
        {
            MaxPoolScatter s => s.Pool,
            MaxPoolPick p => p.Pool,
            _ => null,
        };
        if (pool is not null)
        {
            var program = Traced(new DictionaryRow(pool, [row.Arguments[0]]));
            arrays[1] = ((Tensor<long>)Interpreter.Run<Float64>(program, arrays[0])[1]).Elements;
        }

        return arrays;
    }

    /// <summary>The function as a program of its own.</summary>
    public static Program Traced(DictionaryRow row)
    {
        var builder = new ProgramBuilder();
        var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
        return builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
    }

    public static void Check(DictionaryRow row, int seed)
    {
        var program = Traced(row);
        var inputs = Draw(row, seed);
        TypesMatch(program, inputs);
        CountsMatch(program, inputs);
        if (program.Inputs.All(i => program.Types[i.Value].Kind != ElementKind.Real)
            || program.Outputs.All(o => program.Types[o.Value].Kind != ElementKind.Real))
        {
            return;
        }

        var forward = program.Forprop(new ForpropOptions { KeepValues = false });
        var backward = program.Backprop(new BackpropOptions { KeepValues = false, Seeds = 1 });
        DerivativesMatch(program, forward, backward, inputs, seed);
        CountsMatch(backward, Extended(backward, inputs, seed));
        CountsMatch(forward, Extended(forward, inputs, seed));
        SelectionsCostTheSame(program);
    }

    private static void TypesMatch(Program program, Array[] inputs)
    {
        var outputs = Interpreter.Run<Float64>(program, inputs);
        for (int i = 0; i < outputs.Count; i++)
        {
            var type = program.Types[program.Outputs[i].Value];
            Assert.Equal(type.Shape, outputs[i].Shape);
            Assert.Equal(type.Kind, outputs[i] switch
            {
                Tensor<double> => ElementKind.Real,
                Tensor<long> => ElementKind.Index,
                _ => ElementKind.Boolean,
            });
        }
    }

    private static void CountsMatch(Program program, Array[] inputs)
    {
        var tensors = program.Inputs.Select((input, i) => (Tensor)(inputs[i] switch
        {
            double[] reals => new Tensor<Counted>(program.Types[input.Value].Shape, Array.ConvertAll(reals, Counted.Variable)),
            long[] indices => new Tensor<long>(program.Types[input.Value].Shape, indices),
            _ => new Tensor<bool>(program.Types[input.Value].Shape, (bool[])inputs[i]),
        })).ToArray();
        Assert.Equal(program.Count(), Counted.Measure(() => Interpreter.Evaluate<Counted>(program, tensors)));
    }

    private static void DerivativesMatch(Program program, Program forward, Program backward, Array[] inputs, int seed)
    {
        var random = new Random(seed + 1);
        int[] reals = [.. Enumerable.Range(0, inputs.Length).Where(i => inputs[i] is double[])];
        int[] outputs = [.. Enumerable.Range(0, program.Outputs.Count)
            .Where(i => program.Types[program.Outputs[i].Value].Kind == ElementKind.Real)];
        var tangents = reals.Select(i => Directions(inputs[i].Length, random)).ToArray();
        var jvp = Reals(Interpreter.Run<Float64>(forward, [.. inputs, .. tangents]));

        // Differences along the tangent. A kink or a jump within the step shows as one-sided quotients that differ.
        var centre = Values(program, inputs, outputs);
        var ahead = Values(program, Moved(inputs, reals, tangents, _step), outputs);
        var behind = Values(program, Moved(inputs, reals, tangents, -_step), outputs);
        int smooth = 0;
        for (int o = 0; o < outputs.Length; o++)
        {
            for (int e = 0; e < centre[o].Length; e++)
            {
                double right = (ahead[o][e] - centre[o][e]) / _step;
                double left = (centre[o][e] - behind[o][e]) / _step;
                double scale = 1 + Math.Abs(right);
                if (Math.Abs(right - left) > 1e-2 * scale)
                {
                    continue;
                }

                smooth++;
                Assert.True(
                    Math.Abs(((ahead[o][e] - behind[o][e]) / (2 * _step)) - jvp[o][e]) <= 1e-6 * scale,
                    $"jvp of output {o}, element {e}: {jvp[o][e]}, differences {(ahead[o][e] - behind[o][e]) / (2 * _step)}");
            }
        }

        Assert.True(2 * smooth >= centre.Sum(c => c.Length), $"only {smooth} elements without a kink nearby");

        var seeds = outputs.Select(o => Directions(centre[Array.IndexOf(outputs, o)].Length, random)).ToArray();
        bool seeded = backward.Inputs.Count > inputs.Length;
        var vjp = Reals(Interpreter.Run<Float64>(backward, seeded ? [.. inputs, .. seeds] : inputs));
        double forwards = outputs.Select((_, o) => Inner(seeded ? seeds[o] : [1], jvp[o])).Sum();
        double backwards = reals.Select((_, r) => Inner(tangents[r], vjp[r])).Sum();
        Assert.True(
            Math.Abs(forwards - backwards) <= 1e-10 * (1 + Math.Abs(forwards) + jvp.Sum(j => j.Sum(Math.Abs))),
            $"⟨u, Jv⟩ = {forwards}, ⟨Jᵀu, v⟩ = {backwards}");
    }

    private static void SelectionsCostTheSame(Program program)
    {
        var counts = new[] { Selection.Default, Selection.MinimalNorm, Selection.Jax }
            .Select(s => program.Backprop(new BackpropOptions { Selection = s }).Count().Total).ToArray();
        Assert.Equal(counts[0], counts[1]);
        Assert.Equal(counts[0], counts[2]);
    }

    private static Array Draw(ExampleArgument argument, Random random)
    {
        int count = argument.Type.Shape.Elements;
        return argument.Type.Kind switch
        {
            ElementKind.Real => Enumerable.Range(0, count)
                .Select(_ => argument.Low + ((argument.High - argument.Low) * random.NextDouble())).ToArray(),
            ElementKind.Index => Enumerable.Range(0, count).Select(_ => random.NextInt64((long)argument.Low, (long)argument.High)).ToArray(),
            _ => Enumerable.Range(0, count).Select(_ => random.Next(2) == 1).ToArray(),
        };
    }

    private static Array[] Extended(Program derived, Array[] inputs, int seed)
    {
        var random = new Random(seed + 2);
        return [.. inputs, .. derived.Inputs.Skip(inputs.Length)
            .Select(i => Directions(derived.Types[i.Value].Shape.Elements, random))];
    }

    private static double[] Directions(int count, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    private static Array[] Moved(Array[] inputs, int[] reals, double[][] tangents, double step)
    {
        var moved = inputs.ToArray();
        for (int r = 0; r < reals.Length; r++)
        {
            moved[reals[r]] = ((double[])inputs[reals[r]]).Zip(tangents[r], (x, t) => x + (step * t)).ToArray();
        }

        return moved;
    }

    private static double[][] Values(Program program, Array[] inputs, int[] outputs)
    {
        var all = Interpreter.Run<Float64>(program, inputs);
        return [.. outputs.Select(o => ((Tensor<double>)all[o]).Elements)];
    }

    private static double[][] Reals(IReadOnlyList<Tensor> tensors) => [.. tensors.Select(t => ((Tensor<double>)t).Elements)];

    private static double Inner(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
