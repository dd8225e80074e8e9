using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Recorded;

/// <summary>Compares programs of recorded problems with their gradients at 60 digits, beside what other libraries answered.</summary>
internal static class RecordedJudge
{
    /// <summary>Judges every problem of some templates; answers how many there were.</summary>
    /// <param name="formulas">The solution from the problem's tensors, template by template.</param>
    /// <param name="error">The error of a gradient where the file's measure does not do; null where it does.</param>
    /// <param name="also">What else is asked of the loss at the point.</param>
    public static int All(
        IReadOnlyDictionary<string, Func<RecordedSolution, Func<string, Variable>, Variable>> formulas,
        Func<RecordedSolution, IReadOnlyDictionary<string, double[]>, double?> error,
        Action<RecordedSolution, Program, double[][]>? also = null)
    {
        int ours = 0;
        var peers = new List<(string Peer, bool Right)>();
        foreach (var problem in RecordedSolutions.Read([.. formulas.Keys]))
        {
            ours++;
            peers.AddRange(problem.Verdicts.Select(v => (v.Key, v.Value == "right" || (problem.Expected == "refuse" && v.Value == "refused"))));
            Judge(problem, formulas[problem.Template], error, also);
        }

        foreach (var peer in peers.GroupBy(p => p.Peer))
        {
            Console.WriteLine($"{peer.Key}: right on {peer.Count(p => p.Right)} of the {peer.Count()} that it tried, all of which are right here");
        }

        return ours;
    }

    private static void Judge(
        RecordedSolution problem, Func<RecordedSolution, Func<string, Variable>, Variable> formula,
        Func<RecordedSolution, IReadOnlyDictionary<string, double[]>, double?> error, Action<RecordedSolution, Program, double[][]>? also)
    {
        var program = Traced(problem, formula, x => x);
        double[][] at = [.. problem.Data.Select(d => d.Value.Elements)];
        var backward = program.Backprop(new BackpropOptions { KeepValues = false });
        if (problem.Expected == "refuse")
        {
            string refusal = Assert.ThrowsAny<SolutionException>(() => Interpreter.Run<Float64>(backward, [.. at, problem.Cotangent.Elements])).Message;
            Console.WriteLine($"{problem.Name}: refused: {refusal}");
            return;
        }

        double[] solution = Reals(Interpreter.Run<Float64>(program, at))[0];
        double off = RecordedSolution.Error(solution, problem.Solution!.Elements);
        Assert.True(off <= 1e-9, FormattableString.Invariant($"{problem.Name}: the solution is {off:G3} off"));
        double[][] given = Reals(Interpreter.Run<Float64>(backward, [.. at, problem.Cotangent.Elements]));
        var gradient = problem.Data.Select((d, i) => (d.Name, Gradient: given[i])).ToDictionary(g => g.Name, g => g.Gradient);
        double worst = error(problem, gradient)
            ?? (problem.Branches.Count > 0 ? problem.HullError(gradient) : RecordedSolution.Error(gradient, problem.Gradient));
        Console.WriteLine(FormattableString.Invariant($"{problem.Name}: {problem.Expected}, error {worst:G3}"));
        Assert.True(worst <= 1e-7, FormattableString.Invariant($"{problem.Name}: the gradient is {worst:G3} off"));
        also?.Invoke(problem, Traced(problem, formula, x => (x * x.Builder.Constant(problem.Cotangent)).Sum()), at);
    }

    private static Program Traced(RecordedSolution problem, Func<RecordedSolution, Func<string, Variable>, Variable> formula, Func<Variable, Variable> of)
    {
        var builder = new ProgramBuilder();
        var inputs = problem.Data.ToDictionary(d => d.Name, d => builder.Input(d.Name, d.Value.Shape));
        return builder.Build([("y", of(formula(problem, n => inputs[n]).Reshape(problem.Cotangent.Shape)))]);
    }

    private static double[][] Reals(IReadOnlyList<Tensor> tensors) => [.. tensors.OfType<Tensor<double>>().Select(t => t.Elements)];
}
