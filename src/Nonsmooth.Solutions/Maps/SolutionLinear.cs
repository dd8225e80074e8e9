using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a solution map as a function: of parameters, results and directions, linear in the directions.</summary>
/// <param name="Map">The solution map.</param>
/// <param name="Given">Which of the parameters or results have a direction, an argument each after the map's arguments and results.</param>
/// <param name="Weak">As what it takes weakly active constraints.</param>
public abstract record SolutionLinear(SolutionMap Map, IntVector Given, ActivityRule Weak) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Attributes => Weak == ActivityRule.Inactive ? "" : "weakly active as active";

    /// <inheritdoc/>
    protected sealed override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public sealed override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var batch = Batch(arguments);
        return batch.Count * Map.DerivativeCount(batch.Shapes);
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        int first = tangents.Count - Given.Count;
        if (tangents.Take(first).Any(t => t is not null))
        {
            return Again(at, tangents);
        }

        int[] moved = [.. Enumerable.Range(0, Given.Count).Where(i => tangents[first + i] is not null)];
        return moved.Length == 0
            ? [.. at.Results.Select(_ => (Variable?)null)]
            : [.. at.Builder.ApplyAll(
                this with { Given = [.. moved.Select(i => Given[i])] }, [.. at.Arguments.Take(first), .. moved.Select(i => tangents[first + i]!)])];
    }

    /// <inheritdoc/>
    public sealed override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        int first = at.Arguments.Count - Given.Count;
        if (at.Active.Take(first).Any(a => a))
        {
            return AgainTransposed(at, cotangents);
        }

        int[] seeded = [.. Enumerable.Range(0, cotangents.Count).Where(i => cotangents[i] is not null)];
        int[] wanted = [.. Enumerable.Range(0, Given.Count).Where(i => at.Active[first + i])];
        var answers = new Variable?[at.Arguments.Count];
        if (seeded.Length > 0 && wanted.Length > 0)
        {
            var images = Transposed(
                at.Builder, [.. at.Arguments.Take(first)], seeded, [.. seeded.Select(i => cotangents[i]!)], [.. wanted.Select(i => Given[i])]);
            for (int i = 0; i < wanted.Length; i++)
            {
                answers[first + wanted[i]] = images[i];
            }
        }

        return answers;
    }

    /// <summary>Applies the transpose to directions of some results; answers those of the parameters or results asked for.</summary>
    private protected abstract IReadOnlyList<Variable> Transposed(
        ProgramBuilder builder, Variable[] at, int[] seeded, Variable[] seeds, IReadOnlyList<int> wanted);

    /// <summary>The same function as a program of the arguments, which can be differentiated in all of them.</summary>
    private protected abstract Program Equivalent(IReadOnlyList<TensorType> arguments);

    private protected ProblemBatch Batch(IReadOnlyList<TensorType> arguments) =>
        ProblemBatch.Of(Map.Parameters, [.. arguments.Take(Map.Parameters.Count)]);

    /// <summary>How many arguments come before the directions.</summary>
    private protected int Fixed(SolutionShapes shapes) => Map.Parameters.Count + shapes.Values.Count + 1;

    private protected void CheckDirections(IReadOnlyList<TensorType> arguments, SolutionShapes shapes, IEnumerable<Shape> expected, string what)
    {
        Shape[] directions = [.. expected];
        int first = Fixed(shapes);
        if (arguments.Count != first + directions.Length)
        {
            throw new ShapeException($"takes {first} arguments and {directions.Length} {what}, given {arguments.Count} in all");
        }

        for (int i = 0; i < directions.Length; i++)
        {
            if (arguments[first + i] != TensorType.Real(directions[i]))
            {
                throw new ShapeException($"{what} {i} must be {TensorType.Real(directions[i])}, given {arguments[first + i]}");
            }
        }
    }

    // A second derivative: that of the piece's own program.
    private IReadOnlyList<Variable?> Again(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        var program = Equivalent([.. at.Arguments.Select(a => a.Type)]);
        int[] moved = [.. Enumerable.Range(0, tangents.Count).Where(i => tangents[i] is not null)];
        var forprop = program.Forprop(new ForpropOptions
        {
            WithRespectTo = [.. moved.Select(i => program.Inputs[i].Name)],
            KeepValues = false,
            Selection = at.Selection,
        });
        return [.. at.Builder.Inline(forprop, [.. at.Arguments, .. moved.Select(i => tangents[i]!)])];
    }

    private IReadOnlyList<Variable?> AgainTransposed(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        var answers = new Variable?[at.Arguments.Count];
        int[] seeded = [.. Enumerable.Range(0, cotangents.Count).Where(i => cotangents[i] is not null)];
        if (seeded.Length == 0)
        {
            return answers;
        }

        var program = Equivalent([.. at.Arguments.Select(a => a.Type)]);
        int[] wanted = [.. Enumerable.Range(0, answers.Length).Where(i => at.Active[i])];
        var backprop = program.Backprop(new BackpropOptions
        {
            WithRespectTo = [.. wanted.Select(i => program.Inputs[i].Name)],
            Of = [.. seeded.Select(i => program.Outputs[i].Name)],
            SeedInput = true,
            KeepValues = false,
            Selection = at.Selection,
        });
        var gradients = at.Builder.Inline(backprop, [.. at.Arguments, .. seeded.Select(i => cotangents[i]!)]);
        for (int i = 0; i < wanted.Length; i++)
        {
            answers[wanted[i]] = gradients[i];
        }

        return answers;
    }

    private protected SolutionDerivative Derivative<T>(ProblemBatch batch, SolutionShapes shapes, IReadOnlyList<Tensor> arguments, int problem)
        where T : struct, INumeric<T>
    {
        int first = Map.Parameters.Count;
        var values = shapes.Values.Select((s, r) => ProblemBatch.Part<T>(arguments[first + r], s, problem)).ToArray();
        int size = shapes.State.Elements;
        long[] states = ((Tensor<long>)arguments[first + shapes.Values.Count]).Elements;
        var solution = new Solution(values, states[(problem * size)..((problem + 1) * size)]) { Kept = KeptFactors.Of(states, problem) };
        return Map.Differentiate(batch.Problem<T>(arguments, problem), solution, Weak);
    }
}
