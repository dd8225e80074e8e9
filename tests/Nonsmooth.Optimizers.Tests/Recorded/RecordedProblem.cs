using System.Text.Json;

namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>One of the three problems the trajectories were recorded on.</summary>
/// <param name="Name">quadkink, rosenbrock or mlp.</param>
/// <param name="Start">Flat parameters.</param>
/// <param name="Tensors">Rows (0 for a vector) and length of each tensor of the parameters.</param>
/// <param name="Gradient">At flat parameters.</param>
internal sealed record RecordedProblem(string Name, double[] Start, (int Rows, int Length)[] Tensors, Func<double[], double[]> Gradient)
{
    public static RecordedProblem Read(JsonElement problem)
    {
        string name = problem.GetProperty("name").GetString()!;
        var tensors = problem.GetProperty("start").EnumerateObject().Select(p => p.Value).ToArray();
        double[] Data(string key) => Numbers(problem.GetProperty("data").GetProperty(key).GetProperty("data"));
        Func<double[], double[]> gradient = name switch
        {
            "quadkink" => Kinked(Data("Q"), Data("p"), Data("kink")),
            "rosenbrock" => TestProblem.Rosenbrock.Gradient,
            "mlp" => Network(Data("X"), Data("Y")),
            _ => throw new InvalidOperationException($"unknown problem {name}"),
        };
        return new(
            name,
            [.. tensors.SelectMany(t => Numbers(t.GetProperty("data")))],
            [.. tensors.Select(t => t.GetProperty("shape")).Select(s => (s.GetArrayLength() > 1 ? s[0].GetInt32() : 0, s.EnumerateArray().Aggregate(1, (n, d) => n * d.GetInt32())))],
            gradient);
    }

    private static double[] Numbers(JsonElement data) => [.. data.EnumerateArray().Select(x => x.GetDouble())];

    private static Func<double[], double[]> Kinked(double[] q, double[] p, double[] kink) => x =>
        [.. x.Select((xi, i) => x.Select((xj, j) => q[(i * x.Length) + j] * xj).Sum() - p[i] + (kink[i] * Math.Sign(xi)))];

    private static Func<double[], double[]> Network(double[] x, double[] y) => w =>
    {
        const int Inputs = 4, Hidden = 5, Outputs = 3, B1 = Inputs * Hidden, W2 = B1 + Hidden, B2 = W2 + (Hidden * Outputs);
        var slope = new double[w.Length];
        var hidden = new double[Hidden];
        for (int example = 0; example < x.Length / Inputs; example++)
        {
            for (int h = 0; h < Hidden; h++)
            {
                hidden[h] = Math.Tanh(w[B1 + h] + Enumerable.Range(0, Inputs).Sum(i => w[(h * Inputs) + i] * x[(example * Inputs) + i]));
            }

            var back = new double[Hidden];
            for (int o = 0; o < Outputs; o++)
            {
                double answer = w[B2 + o] + Enumerable.Range(0, Hidden).Sum(h => w[W2 + (o * Hidden) + h] * hidden[h]);
                double error = 2 * (answer - y[(example * Outputs) + o]) / y.Length;
                slope[B2 + o] += error;
                for (int h = 0; h < Hidden; h++)
                {
                    slope[W2 + (o * Hidden) + h] += error * hidden[h];
                    back[h] += error * w[W2 + (o * Hidden) + h] * (1 - (hidden[h] * hidden[h]));
                }
            }

            for (int h = 0; h < Hidden; h++)
            {
                slope[B1 + h] += back[h];
                for (int i = 0; i < Inputs; i++)
                {
                    slope[(h * Inputs) + i] += back[h] * x[(example * Inputs) + i];
                }
            }
        }

        return slope;
    };
}
