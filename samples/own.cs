#:project ../src/Nonsmooth.Training/Nonsmooth.Training.csproj
#:project ../src/Nonsmooth.Testing/Nonsmooth.Testing.csproj
#:property PublishAot=false

using System.Globalization;
using Nonsmooth.Answers;
using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Testing;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;
using Nonsmooth.Training.Recipes;
using Own;
using static Nonsmooth.Dictionary.ExampleArgument;
using Comparison = Nonsmooth.Training.Comparisons.Comparison;

// dotnet run samples/own.cs
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Its gradient, at a tie of its arguments: the key decides.
var program = Nonsmooth.Programs.Program.Trace([("a", TensorType.Real(Shape.Scalar)), ("b", TensorType.Real(Shape.Scalar))], v => [("y", Larger.Of(v[0], v[1]))]);
double[] tie = [2];
foreach (var rule in (TieRule[])[TieRule.Average, TieRule.First])
{
    var gradient = program.Backprop(new BackpropOptions { Selection = Selection.Default.With(Larger.Ties, rule) });
    var values = Interpreter.Run<Float64>(gradient, tie, tie);
    Console.WriteLine($"gradient at (2, 2), ties {rule}: ({((Tensor<double>)values[1])[0]}, {((Tensor<double>)values[2])[0]})");
}

// Answers at the kink, which reading the rule told.
var answer = Differentiability.At(program, [tie, tie]);
Console.WriteLine($"differentiable at (2, 2): {answer.Verdict}; depends on the choice: {Ambiguity.At(program, [tie, tie]).Ambiguous}");
Console.WriteLine($"rules: {RuleCheck.Of(new Binary<Larger>(default), Reals(new Shape(2, 3)), Reals(new Shape(2, 3)))}");

// A network that uses it, its cost, its traps.
var towers = new Towers();
var objective = towers.Build(batch: 32).Objective;
var cost = CostAnalysis.Analyze(objective);
Console.WriteLine($"towers: {cost.Parameters} parameters, {cost.Forward.MultiplyAdds.Dense} multiply-adds forward, {cost.Backward.MultiplyAdds.Dense} backward, traps: {TrapLint.Of(objective).Count}");

// Does its gradient depend on the key?
var data = new Dataset("maxima", new Maxima(512, 0), new Maxima(128, 5000));
var audit = Audit.Of(towers, data, new AuditOptions { Draws = 2, Batches = 1, Precisions = [Precision.Float32, Precision.Float16] }, new NetworkSubjectOptions { Batch = 32 });
foreach (var choice in audit.Choices)
{
    Console.WriteLine($"audit, {choice.Choice.Name}: {choice.Choice.Topic}; nodes {string.Join(", ", choice.Sites.Select(s => s.Node))}");
}

// Training, and a comparison of two optimizers.
using var session = new Session(new TrainingOptions { Network = towers, Dataset = data, BatchSize = 32, Epochs = 5, Rate = 0.01, OptimizerName = "adamw", Optimizer = new AdamWOptions() });
double before = session.Evaluate().Loss;
foreach (var step in session.Steps())
{
    _ = step.Loss;
}

var after = session.Evaluate();
Console.WriteLine($"test loss {before:F3} before, {after.Loss:F3} after {session.StepsDone} steps; mean absolute error {after.Metrics["mae"]:F3}");
var comparison = new Comparison(new ComparisonOptions
{
    Recipe = new Recipe { Network = towers.Name, Data = data.Name, Epochs = 1, BatchSize = 32 },
    Model = towers,
    Dataset = data,
    Contenders = [ContenderText.Parse("adamw"), ContenderText.Parse("innaprop")],
    Trials = 1,
    Seeds = 2,
}).Run();
foreach (var contender in comparison.Contenders)
{
    Console.WriteLine($"{contender.Label}: test loss {contender.TestLoss.Mean:F3}");
}

namespace Own
{
    /// <summary>The larger of two numbers, with a key of its own: all that the library is told of it.</summary>
    public readonly record struct Larger : IBinary
    {
        /// <summary>How a tie shares the gradient.</summary>
        public static SelectionKey<TieRule> Ties { get; } = new("larger-ties", TieRule.Average)
        {
            Topic = "how equal arguments of larger share the gradient",
            Sides = "a half each, or all to the first",
            Others = [TieRule.First],
        };

        /// <inheritdoc/>
        public string Name => "larger";

        /// <inheritdoc/>
        public T Value<T>(T a, T b)
            where T : IScalar<T> => T.Max(a, b, Ties);

        /// <summary>Applies it.</summary>
        public static Variable Of(Variable a, Variable b) => a.Builder.Apply(new Binary<Larger>(default), a, b);
    }

    /// <summary>Two towers, the larger of which counts, and a loss of its own.</summary>
    public sealed record Towers : Model
    {
        /// <summary>Makes it.</summary>
        public Towers()
            : base("towers")
        {
            Examples = [Field.Real("x", 4), Field.Real("y", 1, InputRole.Target)];
            Forward = (m, e) => m.Linear("head", 1, Larger.Of(Functions.Relu(m.Linear("a", 8, e["x"])), Functions.Relu(m.Linear("b", 8, e["x"]))));
            Loss = Losses.Of("fourth", a =>
            {
                var d = Functions.Square(a.Outputs["output"] - a.Fields["y"]);
                return (d + (0.1 * Functions.Square(d))).Mean();
            });
            Metrics = [Nonsmooth.Training.Objectives.Metrics.MeanAbsoluteError("y")];
        }
    }

    /// <summary>Four numbers, and the largest of them.</summary>
    public sealed class Maxima(int count, int first) : IExamples
    {
        /// <inheritdoc/>
        public int Count => count;

        /// <inheritdoc/>
        public FieldList Fields { get; } = [Field.Real("x", 4), Field.Real("y", 1, InputRole.Target)];

        /// <inheritdoc/>
        public void Fill(int index, string field, Span<float> values)
        {
            float[] x = [.. Enumerable.Range(0, 4).Select(i => (float)Math.Sin(7.0 * ((4 * (first + index)) + i)))];
            (field == "x" ? x : [x.Max()]).CopyTo(values);
        }
    }
}
