using System.Globalization;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Answers;

/// <summary>Follows directions, after their price is known.</summary>
internal static class Directions
{
    public static DirectionalAnswer Follow(
        Program program,
        IReadOnlyList<Array> inputs,
        IReadOnlyList<IReadOnlyList<double[]>> directions,
        DirectionsOptions options,
        bool each,
        Deadline? deadline = null)
    {
        var c = CultureInfo.InvariantCulture;
        double value = new Cost.UnitModel(options.Nonlinear).Cost(program);
        double price = DirectionalDerivatives.Price(program, directions.Count, options.Nonlinear);
        if (price > options.MaxRatio * value)
        {
            throw new NonsmoothException(string.Create(
                c, $"{directions.Count} directions cost {price:G4} operations, {price / value:F1} × the value, above the limit of {options.MaxRatio:G4} ×: ask for fewer, or raise {nameof(options.MaxRatio)}"));
        }

        deadline ??= new Deadline(options.Time);
        var emitted = DirectionalProgram.Emit(program, options.WithRespectTo, directions.Count, each: each);
        try
        {
            return Follow(program, inputs, directions, options, emitted, deadline);
        }
        catch (OutOfTimeException e)
        {
            return new DirectionalAnswer([], e.Message, AnswerCost.Of(emitted.Program, program, options.Nonlinear));
        }
    }

    private static DirectionalAnswer Follow(
        Program program,
        IReadOnlyList<Array> inputs,
        IReadOnlyList<IReadOnlyList<double[]>> directions,
        DirectionsOptions options,
        DirectionalProgram emitted,
        Deadline deadline)
    {
        var results = emitted.Exactly(inputs, deadline).Run([.. directions.SelectMany(d => d).Select(ExactVector.Of)]);
        var outputs = program.Outputs.Where(o => program.Types[o.Value].Kind == ElementKind.Real).ToList();
        List<IReadOnlyList<double[]>> derivatives =
            [.. directions.Select((_, d) => (IReadOnlyList<double[]>)[.. outputs.Select(o => ExactVector.ToDoubles(results[$"jvp.{o.Name}.{d}"]))])];
        var names = Differentiation.Activity.Wanted(program, options.WithRespectTo);
        var at = new Point(emitted.Form, inputs, deadline);
        string? doubt = derivatives.Any(d => !Gradients.AreFinite(d)) ? "a derivative is not finite"
            : Jumps.First(at, names) is { } jump ? jump
            : null;
        return new DirectionalAnswer(derivatives, doubt, AnswerCost.Of(emitted.Program, program, options.Nonlinear));
    }
}
