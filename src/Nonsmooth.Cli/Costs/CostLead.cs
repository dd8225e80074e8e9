using Nonsmooth.Cli.Output;
using Nonsmooth.Engines.Pages;

namespace Nonsmooth.Cli.Costs;

/// <summary>What a page of costs says first.</summary>
internal static class CostLead
{
    /// <summary>Of one network.</summary>
    public static Lead Of(CostSheet sheet)
    {
        bool isProducts = sheet.Macs.Dense > 0;
        string unit = isProducts ? "multiply-adds" : "operations";
        double forward = isProducts ? sheet.Macs.Dense : sheet.Counted.Value.Total, backward = isProducts ? sheet.Macs.Backward : sheet.Counted.Backward.Total;
        string least = sheet.Coverage.Uncounted.Count > 0 ? "at least " : "";
        string back = forward > 0 ? Numbers.Short(backward / forward, 2) : "–";
        string ways = forward > 0 ? $": the way back costs {back} times the way forward" : "";
        var (time, said) = Time(sheet.Milliseconds);
        return new(
            $"One step of training {sheet.Network} on {(sheet.Batch == 1 ? "1 example" : Numbers.Whole(sheet.Batch) + " examples")} takes {least}{InWords(forward + backward)} {unit} before the optimizer's own{ways}{said}.",
            ($"{unit} a step", least + Numbers.Scaled(forward + backward)),
            ("way back ÷ way forward", back),
            time is { } seconds ? (sheet.Milliseconds!.Forward is null ? "predicted time" : "time here", Numbers.Seconds(seconds)) : ("kept from forward to backward", Numbers.Bytes(4.0 * sheet.SavedWords)));
    }

    /// <summary>Of training over ranks.</summary>
    public static Lead Of(ScalingSheet sheet)
    {
        var best = sheet.Ways.SelectMany(w => w.Rows).MinBy(r => r.Step)!;
        double alone = sheet.Ways[0].Rows[0].Step;
        int most = sheet.Ways[0].Rows[^1].Ranks;
        string sentence = most == 1 ? $"On one rank a step of {sheet.Network} is foreseen to take {Numbers.Seconds(alone)}."
            : best.Ranks == 1 ? $"More ranks, up to {Numbers.Whole(most)}, are not foreseen to make training {sheet.Network} faster: the step of {Numbers.Seconds(alone)} on one is the shortest."
            : $"Training {sheet.Network} is foreseen to be fastest on {Numbers.Whole(best.Ranks)} of up to {Numbers.Whole(most)} ranks: {Numbers.Seconds(best.Step)} a step, {Numbers.Short(best.Speedup, 1)} times as fast as on one.";
        return new(sentence, ("fastest number of ranks", Numbers.Whole(best.Ranks)), ("a step there", Numbers.Seconds(best.Step)), ("a step on one rank", Numbers.Seconds(alone)));
    }

    private static (double? Seconds, string Said) Time(Milliseconds? ms) => ms switch
    {
        { Forward: { } forward, Backward: { } backward } => ((forward + backward) / 1e3, $", and both take {Numbers.Seconds((forward + backward) / 1e3)} here"),
        { PredictedForward: { } forward, PredictedBackward: { } backward } => ((forward + backward) / 1e3, $", and both are predicted to take {Numbers.Seconds((forward + backward) / 1e3)} here"),
        _ => (null, "; no time was measured"),
    };

    private static string InWords(double number) => number switch
    {
        < 1e6 => Numbers.Whole(number),
        < 1e9 => Numbers.Digits(number / 1e6) + " million",
        < 1e12 => Numbers.Digits(number / 1e9) + " billion",
        < 1e15 => Numbers.Digits(number / 1e12) + " trillion",
        _ => Numbers.Scaled(number),
    };
}
