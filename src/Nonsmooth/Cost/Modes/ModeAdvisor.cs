using System.Globalization;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Cost;

/// <summary>Chooses between forward, reverse, and mixed accumulation of a Jacobian, before anything runs.</summary>
/// <remarks>
/// Prices are those of the programs that would run, activity analysis included, and not of shapes alone. A tie goes
/// to forward, which keeps no tape, then to reverse. Source: complexity specification, 7.3.
/// </remarks>
public static class ModeAdvisor
{
    /// <summary>The cheapest way to the Jacobian of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="inputs">Directions r; the elements of the inputs of interest without any. Fewer for a colouring.</param>
    /// <param name="outputs">Cotangents q; the elements of the real outputs without any.</param>
    /// <param name="options">For what, and how work is priced.</param>
    /// <exception cref="NonsmoothException">There is no real input or output, or a number is below 1.</exception>
    public static ModeAdvice Recommend(Program program, long? inputs = null, long? outputs = null, ModeOptions? options = null)
    {
        options ??= new();
        var forward = JacobianPlan.Forward(program, options);
        var reverse = JacobianPlan.Reverse(program, options);
        long r = Positive(inputs ?? forward.Stages[0].Columns, "directions");
        long q = Positive(outputs ?? forward.Stages[0].Rows, "cotangents");
        var ahead = Priced.Of(forward.Stages[0], r, options);
        var back = Priced.Of(reverse.Stages[0], q, options);
        (MixedPrice? mixed, JacobianPlan? plan) = Cheapest(program, r, q, options);
        var (f, b) = (ahead.Total, back.Total);
        if (mixed is not null && mixed.Price < Math.Min(f, b))
        {
            string why = Text(
                $"mixed: everything flows through {mixed.Waist.Elements} elements at {mixed.Waist.Name}; {Word(mixed.Inner)} before and {Word(mixed.Outer)} after cost {mixed.Price:G4} with the product, against {f:G4} forward and {b:G4} reverse");
            return new ModeAdvice(plan!, r, q, f, b, mixed, why);
        }

        bool ties = f == b;
        string reason = f <= b
            ? Text($"forward: {r} tangents at {ahead.Each:G4} each cost {f:G4}, {(ties ? "as much as" : "less than")} {q} cotangents at {back.Each:G4} each, {b:G4}{(ties ? ", and keep no tape" : "")}")
            : Text($"reverse: {q} cotangents at {back.Each:G4} each cost {b:G4}, less than {r} tangents at {ahead.Each:G4} each, {f:G4}");
        return new ModeAdvice(f <= b ? forward : reverse, r, q, f, b, mixed, reason);
    }

    private static (MixedPrice? Price, JacobianPlan? Plan) Cheapest(Program program, long r, long q, ModeOptions options)
    {
        var wanted = options with { WithRespectTo = Activity.Wanted(program, options.WithRespectTo) };
        var waists = Waists.Of(program, wanted.WithRespectTo).OrderBy(w => w.Elements).Take(options.Waists);
        if (options.ProgramPrice is not null)
        {
            var rough = wanted with { ProgramPrice = null };
            waists = waists.OrderBy(w => Cut(program, w, r, q, rough).Price.Price).Take(options.PricedWaists);
        }

        return waists.Select(w => Cut(program, w, r, q, wanted)).OrderBy(cut => cut.Price.Price).Select(cut => (cut.Price, cut.Plan)).FirstOrDefault();
    }

    private static (MixedPrice Price, JacobianPlan Plan) Cut(Program program, Waist waist, long r, long q, ModeOptions options)
    {
        var (inner, outer) = Waists.Cut(program, waist);
        long w = waist.Elements;
        double product = options.PriceOf(JacobianPlan.Multiply(q, w, r), 1);
        var (h, priceOfH) = Cheaper(inner, r, w, options);
        var (g, priceOfG) = Cheaper(outer, w, q, options with { WithRespectTo = [waist.Name] });
        return (new MixedPrice(waist, h.Mode, g.Mode, priceOfH + priceOfG + product), JacobianPlan.Joined(waist, h, g));
    }

    // The four combinations share nothing but the waist, so each part is chosen by itself.
    private static (JacobianStage Stage, double Price) Cheaper(Program part, long columns, long rows, ModeOptions options)
    {
        var forward = new JacobianStage(part, DerivativeMode.Forward, options);
        var reverse = new JacobianStage(part, DerivativeMode.Reverse, options);
        double f = Priced.Of(forward, columns, options).Total;
        double b = Priced.Of(reverse, rows, options).Total;
        return f <= b ? (forward, f) : (reverse, b);
    }

    private static long Positive(long number, string what) => number > 0
        ? number
        : throw new NonsmoothException(Text($"{number} {what}: a Jacobian needs at least 1"));

    private static string Word(DerivativeMode mode) => mode == DerivativeMode.Forward ? "forward" : "reverse";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Priced(double Once, double Swept, long Sweeps)
    {
        public double Total => Once + Swept;

        public double Each => Swept / Sweeps;

        public static Priced Of(JacobianStage stage, long sweeps, ModeOptions options) =>
            new(options.PriceOf(stage.Once, 1), options.PriceOf(stage.Each, sweeps), sweeps);
    }
}
