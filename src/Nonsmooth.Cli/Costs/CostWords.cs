using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Costs;

/// <summary>What the figures say, in sentences.</summary>
internal static class CostWords
{
    public static string Title(CostSheet sheet) =>
        $"{sheet.Network} on {Numbers.Whole(sheet.Batch)} × {sheet.Input}: {Numbers.Whole(sheet.Parameters)} parameters";

    public static string Conventions { get; } =
        "1 MAC is a multiply-add, 2 FLOP; the columns count dense taps, those on padding too, as most tools do; effective ones leave padding out. Elementwise functions, pooling, "
        + "norms and losses are no MAC: they count as operations, as evaluated; share is of the operations both ways. "
        + "Backward is the sweep alone, for the parameters and not for the input. Saved is what an autograd engine keeps for it, in words of 4 bytes.";

    public static string Coverage(CostSheet sheet)
    {
        int free = sheet.Modules.Count(r => r.IsFree);
        return $"Coverage: {sheet.Coverage.Line}{(free == 0 ? "" : $"; {free} {(free == 1 ? "row" : "rows")} of views that cost nothing left out")}.";
    }

    public static string Macs(CostSheet sheet)
    {
        var macs = sheet.Macs;
        if (macs.Dense == 0)
        {
            return "No multiply-adds: nothing here is a product or a convolution.";
        }

        string padding = macs.Dense == macs.Effective
            ? "no tap falls on padding"
            : $"{Numbers.Whole(macs.Effective)} effective, so that counting padding overstates it by {Numbers.Percent(((double)macs.Dense / macs.Effective) - 1)}";
        return $"Forward {Numbers.Whole(macs.Dense)} MAC = {Flop(2.0 * macs.Dense)} dense ({padding}); backward {Numbers.Whole(macs.Backward)} MAC; "
            + $"(forward + backward) / forward = {Numbers.Short(sheet.Ratio!.Value)}.";
    }

    public static string Memory(CostSheet sheet) =>
        $"Saved for backward {Numbers.Whole(sheet.SavedWords)} words = {Numbers.Bytes(4.0 * sheet.SavedWords)}; "
        + $"{Numbers.Whole(sheet.ReluElements)} ReLU elements, {Numbers.Whole(sheet.PoolComparisons)} comparisons of max-pooling; "
        + $"read and written {Numbers.Bytes(sheet.Bytes.Forward)} forward, {Numbers.Bytes(sheet.Bytes.Backward)} backward.";

    public static string Bound(CostSheet sheet)
    {
        var unit = sheet.Unit;
        return $"Proved before it runs: loss and gradient by backprop cost at most {Numbers.Short(unit.OmegaB)} losses whatever the number of inputs and kinks "
            + $"({unit.OmegaBBy} attains it); by forprop over all {Numbers.Whole(unit.Inputs)} real inputs ω_f = {Numbers.Scaled(unit.OmegaF)} ({unit.OmegaFBy}). "
            + "Theory prices the gradient in all real inputs by the textbook algorithm, the count is of the program that runs, for the parameters.";
    }

    /// <summary>What was predicted and measured beyond the count, a line each.</summary>
    public static IEnumerable<string> Extras(CostSheet sheet)
    {
        if (sheet.Milliseconds is not null)
        {
            yield return "Times are of float32 on this machine's CPU, each node's shortest of several runs added up; backward is value and gradient less the value.";
        }

        if (sheet.Violations is { } violations)
        {
            yield return violations.Count == 0
                ? "No node's measured gradient breaks the bound of the cheap gradient principle."
                : $"Breaks the bound of the cheap gradient principle: {string.Join("; ", violations)}.";
        }

        if (sheet.Memory is { } memory)
        {
            yield return $"A training step at batch {Numbers.Whole(sheet.Batch)} holds {Numbers.Bytes(memory.Peak)} at its peak, in {memory.PeakNode}: parameters {Numbers.Bytes(memory.Parameters)}, "
                + $"gradients {Numbers.Bytes(memory.Gradients)} in the end, optimizer {Numbers.Bytes(memory.OptimizerState)}, data {Numbers.Bytes(memory.Data)}, {(memory.Frozen == 0 ? "" : $"frozen parameters {Numbers.Bytes(memory.Frozen)}, ")}saved {Numbers.Bytes(memory.Saved)}, "
                + $"temporaries {Numbers.Bytes(memory.Temporaries)} (predicted, the process itself not included).";
        }

        if (sheet.Fits is { } fits)
        {
            yield return fits.Batch == 0
                ? $"Not even one example fits into {Numbers.Bytes(fits.Budget)}."
                : $"Into {Numbers.Bytes(fits.Budget)} fits a batch of {Numbers.Whole(fits.Batch)}.";
        }

        if (sheet.Checkpoint is { } checkpoint)
        {
            yield return checkpoint.Recomputed == 0
                ? $"Within {Numbers.Bytes(checkpoint.Budget)} the gradient needs no checkpoints: it holds {Numbers.Bytes(checkpoint.Peak)} at its peak."
                : $"Checkpointed within {Numbers.Bytes(checkpoint.Budget)}, the gradient holds {Numbers.Bytes(checkpoint.Peak)} at its peak instead of {Numbers.Bytes(checkpoint.KeptAll)} "
                    + $"and computes {Share(checkpoint.Recomputed, sheet.Counted.Value.Total)} of the forward operations again, with the same bits.";
        }
    }

    /// <summary>The verdict in front of a report.</summary>
    public static IReadOnlyList<string> Verdict(CostSheet sheet)
    {
        var counted = sheet.Counted;
        double ratio = (double)counted.Training.Total / counted.Value.Total;
        var lines = new List<string>
        {
            $"A gradient of {sheet.Network} costs {Numbers.Short(ratio, 2)} times its loss in operations, within the proved bound of {Numbers.Short(sheet.Unit.OmegaB)}.",
        };
        var work = sheet.Modules.MaxBy(r => r.Total)!;
        var kind = Kinds(sheet).MaxBy(r => r.Total)!;
        lines.Add($"{Share(kind.Total, counted.Training.Total)} of the operations are {kind.Name}; the dearest module is {work.Name} with {Share(work.Total, counted.Training.Total)}.");
        if (sheet.SavedWords > 0)
        {
            var saved = sheet.Modules.MaxBy(r => r.SavedWords)!;
            lines.Add($"Backward keeps {Numbers.Bytes(4.0 * sheet.SavedWords)}, {Share(saved.SavedWords, sheet.SavedWords)} of it in {saved.Name}.");
        }

        if (sheet.Milliseconds is { Forward: { } forward, Backward: { } backward })
        {
            double measured = (forward + backward) / forward;
            lines.Add($"Measured, loss and gradient take {Numbers.Seconds((forward + backward) / 1e3)}, {Numbers.Short(measured, 2)} times the loss: "
                + (measured <= sheet.Unit.OmegaB ? "the bound holds on the clock too." : "more than the bound, which counts operations and not memory."));
        }

        if (sheet.Violations is { Count: > 0 } violations)
        {
            lines.Add($"Dearer than its bound: {violations[0]}.");
        }

        if (sheet.Fits is { } fits)
        {
            lines.Add($"The largest batch that fits into {Numbers.Bytes(fits.Budget)} is {Numbers.Whole(fits.Batch)}.");
        }

        if (sheet.Jacobian is { } advice)
        {
            lines.Add($"The Jacobian is cheapest in {advice.Mode.ToString().ToLowerInvariant()} mode.");
        }

        lines.Add(sheet.Coverage is { Uncounted.Count: 0, Unsaid.Count: 0 } ? "Every node is counted." : $"Beware: {sheet.Coverage.Line}.");
        return lines;
    }

    /// <summary>Why a mode is cheapest, and what its price is.</summary>
    public static string Choice(CostSheet sheet, JacobianAdvice advice) =>
        $"Choose {advice.Reason}. Prices are of the programs that would run, in operations as evaluated, nonlinear ones {Numbers.Short(sheet.Unit.C)}; "
        + $"the value alone costs {Numbers.Scaled(advice.Value)}{(advice.Mixed is null ? "; nothing is narrow enough to cut at, so there is no mixed mode" : "")}.";

    /// <summary>What the times of executors mean.</summary>
    public static string Executor(ExecutorAdvice advice)
    {
        var uncounted = advice.Prices.SelectMany(p => p.Uncounted).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return $"Predicted from types alone, one thread; libtorch in f32, the others in f64. For {Numbers.Whole(advice.Runs)} gradients (--runs) {advice.Best} takes least; train and audit run libtorch whatever it says here, "
            + $"and the others from code.{(uncounted.Length == 0 ? "" : $" Of {string.Join(", ", uncounted)} nobody says the operations: what they take is missing but for libtorch.")}";
    }

    /// <summary>The nodes put together by function, dearest first.</summary>
    public static IReadOnlyList<CostRow> Kinds(CostSheet sheet) =>
    [
        .. sheet.Nodes.GroupBy(n => n.Function, StringComparer.Ordinal).Select(g => CostRow.Sum(g.Key, [.. g]))
            .Where(r => !r.IsFree).OrderByDescending(r => r.Total),
    ];

    /// <summary>Which kind of operation leads each quantity.</summary>
    public static string Dearest(CostSheet sheet)
    {
        var kinds = Kinds(sheet);
        return $"Most operations are {Lead(r => r.Total)}, most bytes are moved by {Lead(r => r.Bytes.Forward + r.Bytes.Backward)}, most bytes are kept by {Lead(r => r.SavedWords)}: "
            + "operations alone do not say what a machine waits for.";

        string Lead(Func<CostRow, long> quantity)
        {
            var most = kinds.MaxBy(quantity)!;
            return $"{most.Name} ({Share(quantity(most), Math.Max(1, kinds.Sum(quantity)))})";
        }
    }

    private static string Flop(double flop)
    {
        string text = Numbers.Scaled(flop);
        return text + (char.IsLetter(text[^1]) ? "FLOP" : " FLOP");
    }

    private static string Share(double part, double whole) => Numbers.Percent(part / whole, part < whole && part / whole >= 0.995 ? 2 : 0);
}
