using System.Globalization;

namespace Nonsmooth.Bench.Cost;

/// <summary>Twenty budgets around measured peaks: does the prediction say rightly whether the program fits?</summary>
internal static class Fits
{
    private const int Budgets = 20;

    public static int Run()
    {
        var cases = Memory.Cases.SelectMany(c => c.Batches.Select(batch => (c.Name, Batch: batch))).ToArray();
        var peaks = cases.Select(c => (Predicted: Memory.Predict(c.Name, c.Batch).ProcessPeak, Measured: MemoryChild.Measure(c.Name, c.Batch))).ToArray();
        int right = 0;
        for (int i = 0; i < Budgets; i++)
        {
            // Offsets -10 % ... -1 %, 1 % ... 10 %; a stride prime to 15 gives every case a turn before any has a second.
            int percent = i < Budgets / 2 ? i - (Budgets / 2) : i - (Budgets / 2) + 1;
            int at = i * 4 % cases.Length;
            var (predicted, measured) = peaks[at];
            double budget = measured * (1 + (percent / 100.0));
            bool same = predicted <= budget == measured <= budget;
            right += same ? 1 : 0;
            Print($"{cases[at].Name,-18} batch {cases[at].Batch,5}: budget {percent,3} % off the measured peak, prediction {((double)predicted / measured) - 1,6:P1} off: {(same ? "right" : "WRONG")}");
        }

        Print($"{right} of {Budgets} right");
        int all = peaks.Sum(p => Enumerable.Range(-10, 21).Count(k => k != 0 && (p.Predicted <= p.Measured * (1 + (k / 100.0))) == k > 0));
        Print($"every case with every offset: {all} of {Budgets * cases.Length} right");
        return 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
