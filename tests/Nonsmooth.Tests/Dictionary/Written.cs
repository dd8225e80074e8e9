namespace Nonsmooth.Tests.Dictionary;

/// <summary>Functions that are written over others, run on numbers.</summary>
internal static class Written
{
    /// <summary>The value of a function of one real tensor.</summary>
    public static double[] Value(Func<Variable, Variable> function, Shape shape, params double[] x) => Run(Program.Trace(function, shape), x);

    /// <summary>The first output on given inputs.</summary>
    public static double[] Run(Program program, params Array[] inputs) => Interpreter.Run<Float64>(program, inputs)[0] switch
    {
        Tensor<double> reals => reals.Elements,
        Tensor<long> indices => [.. indices.Elements.Select(i => (double)i)],
        var mask => [.. ((Tensor<bool>)mask).Elements.Select(b => b ? 1.0 : 0)],
    };

    /// <summary>The gradient of the sum of the first output, weighted by 1, 2, 3, …, in the input of a name.</summary>
    public static double[] Gradient(Program program, string input, params Array[] inputs)
    {
        var output = program.Types[program.Outputs[0].Value].Shape;
        var back = program.Backprop(new BackpropOptions { KeepValues = false, WithRespectTo = [input], SeedInput = true });
        return Run(back, [.. inputs, Numbers(output.Elements)]);
    }

    /// <summary>1, 2, 3, ….</summary>
    public static double[] Numbers(int count) => [.. Enumerable.Range(1, count).Select(i => (double)i)];

    /// <summary>The gradient by <see cref="Gradient"/> is that of central differences.</summary>
    public static void Differentiates(Program program, string input, params Array[] inputs)
    {
        const double Step = 1e-6;
        int position = program.Inputs.ToList().FindIndex(i => i.Name == input);
        var gradient = Gradient(program, input, inputs);
        double[] x = (double[])inputs[position];
        for (int i = 0; i < x.Length; i++)
        {
            Assert.Equal((Weighted(Step) - Weighted(-Step)) / (2 * Step), gradient[i], 1e-4 * (1 + Math.Abs(gradient[i])));

            double Weighted(double step)
            {
                Array[] moved = [.. inputs];
                double[] at = [.. x];
                at[i] += step;
                moved[position] = at;
                return Run(program, moved).Select((v, k) => (k + 1) * v).Sum();
            }
        }
    }
}
