using System.Globalization;
using Nonsmooth.Optimizers.Checks;
using Nonsmooth.Settings;

namespace Nonsmooth.Optimizers.Schedules;

/// <summary>
/// Schedules as they are typed: a number, or a name and its numbers joined by colons, such as
/// <c>linear:0.1:2:1000</c>. To add one: a row in the table.
/// </summary>
public static class ScheduleText
{
    private const string Absent = "none";
    private const string Rise = "rise:";

    private static readonly Form[] Forms =
    [
        new("linear:FROM:TO:STEPS", 3, 3, v => new LinearRate(v[0], v[1], Whole(v[2])), s => s is LinearRate r ? [r.From, r.To, r.Steps] : null),
        new("cosine:PEAK:STEPS[:FLOOR]", 2, 3, v => new CosineRate(v[0], Whole(v[1]), Last(v, 2)), s => s is CosineRate r ? [r.Peak, r.Steps, r.Floor] : null),
        new("step:RATE:FACTOR:EVERY", 3, 3, v => new StepRate(v[0], v[1], Whole(v[2])), s => s is StepRate r ? [r.Rate, r.Factor, r.Every] : null),
        new(
            "warmup-cosine:PEAK:WARMUP:STEPS[:FLOOR]",
            3,
            4,
            v => new WarmupCosineRate(v[0], Whole(v[1]), Whole(v[2]), Last(v, 3)),
            s => s is WarmupCosineRate r ? [r.Peak, r.Warmup, r.Steps, r.Floor] : null),
        new(
            "wsd:PEAK:WARMUP:STEPS:DECAY[:FLOOR]",
            4,
            5,
            v => new WarmupStableDecayRate(v[0], Whole(v[1]), Whole(v[2]), Whole(v[3]), Last(v, 4)),
            s => s is WarmupStableDecayRate r ? [r.Peak, r.Warmup, r.Steps, r.Decay, r.Floor] : null),
        new("exponential:RATE:FACTOR[:EVERY]", 2, 3, v => new ExponentialRate(v[0], v[1], v.Length > 2 ? Whole(v[2]) : 1), s => s is ExponentialRate r ? [r.Rate, r.Factor, r.Every] : null),
        new("polynomial:FROM:TO:STEPS:POWER", 4, 4, v => new PolynomialRate(v[0], v[1], Whole(v[2]), v[3]), s => s is PolynomialRate r ? [r.From, r.To, r.Steps, r.Power] : null),
        new("restarts:PEAK:FIRST:GROWTH:FLOOR", 4, 4, v => new CosineRestartsRate(v[0], Whole(v[1]), Whole(v[2]), v[3]), s => s is CosineRestartsRate r ? [r.Peak, r.First, r.Growth, r.Floor] : null),
        new("one-cycle:PEAK:RISE:STEPS:START:END", 5, 5, v => new OneCycleRate(v[0], v[1], Whole(v[2]), v[3], v[4]), s => s is OneCycleRate r ? [r.Peak, r.Rise, r.Steps, r.Start, r.End] : null),
        new("inverse-sqrt:PEAK:WARMUP", 2, 2, v => new InverseSqrtRate(v[0], Whole(v[1])), s => s is InverseSqrtRate r ? [r.Peak, r.Warmup] : null),
        new("cyclic:LOW:HIGH:UP:DOWN[:FACTOR]", 4, 5, v => new CyclicRate(v[0], v[1], Whole(v[2]), Whole(v[3]), v.Length > 4 ? v[4] : 1), s => s is CyclicRate r ? [r.Low, r.High, r.Up, r.Down, r.Factor] : null),
        new("multistep:RATE:FACTOR:AT[:AT…]", 3, int.MaxValue, v => new MilestoneRate(v[0], v[1], v.Skip(2).Select(Whole)), s => s is MilestoneRate r ? [r.Rate, r.Factor, .. r.Milestones.Select(m => (double)m)] : null),
    ];

    /// <summary>Schedules, and none, as a setting takes them.</summary>
    internal static Range<IRateSchedule?> Range => new(Help, Write, Read, _ => true) { Placeholder = "SCHEDULE" };

    /// <summary>The texts there are, for help and messages.</summary>
    public static string Help { get; } = $"{Absent}, a number, {string.Join(", ", Forms.Select(form => form.Text))}, or {Rise}WARMUP: before one of them";

    /// <summary>Reads a schedule; null for <c>none</c>.</summary>
    /// <exception cref="NonsmoothException">The text is no schedule, or a number is out of its range.</exception>
    public static IRateSchedule? Parse(string text)
    {
        if (text.Equals(Absent, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (text.StartsWith(Rise, StringComparison.OrdinalIgnoreCase) && text[Rise.Length..].Split(':', 2) is [var warmup, var after] && Number(warmup) is { } steps)
        {
            return new WarmupRate(Whole(steps), Parse(after) ?? throw new NonsmoothException($"'{text}' rises to no schedule: give {Help}"));
        }

        string[] parts = text.Split(':');
        if (parts.Length == 1 && Number(text) is { } constant)
        {
            return new ConstantRate(constant);
        }

        Form? form = Array.Find(Forms, f => f.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        double?[] numbers = [.. parts.Skip(1).Select(Number)];
        return form is not null && numbers.Length >= form.Least && numbers.Length <= form.Most && numbers.All(n => n is not null)
            ? form.Make([.. numbers.Select(n => n!.Value)])
            : throw new NonsmoothException($"'{text}' is no schedule: give {Help}");
    }

    /// <summary>The text that <see cref="Parse"/> reads back as the same schedule.</summary>
    /// <remarks>One of another library has its own <see cref="object.ToString"/>, which nothing here reads: give it one that says all of it, for resumed runs are compared by that.</remarks>
    public static string Write(IRateSchedule? schedule) => schedule switch
    {
        null => Absent,
        ConstantRate constant => Text(constant.Rate),
        WarmupRate rise => string.Create(CultureInfo.InvariantCulture, $"{Rise}{rise.Warmup}:{Write(rise.After)}"),
        _ => Forms.Select(form => form.Parts(schedule) is { } numbers ? string.Join(':', [form.Name, .. numbers.Select(Text)]) : null)
            .FirstOrDefault(text => text is not null) ?? schedule.ToString()!,
    };

    private static bool Read(string text, out IRateSchedule? schedule)
    {
        schedule = Parse(text);
        return true;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static double Last(double[] values, int index) => values.Length > index ? values[index] : 0;

    private static long Whole(double value)
    {
        OptionCheck.Require(value == Math.Floor(value) && Math.Abs(value) < 1e15, "number of steps", value, "a whole number");
        return (long)value;
    }

    private sealed record Form(string Text, int Least, int Most, Func<double[], IRateSchedule> Make, Func<IRateSchedule, double[]?> Parts)
    {
        public string Name { get; } = Text[..Text.IndexOf(':', StringComparison.Ordinal)];
    }
}
