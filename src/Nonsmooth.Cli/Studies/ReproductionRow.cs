namespace Nonsmooth.Cli.Studies;

/// <summary>One number that was published, beside ours.</summary>
/// <param name="Setting">Under what it was measured.</param>
/// <param name="Quantity">What it is.</param>
/// <param name="Published">What was published, in words; empty where nothing was.</param>
/// <param name="Value">Ours; null where it is not a number.</param>
/// <param name="Low">The lower end of its 95 % interval, where there is one.</param>
/// <param name="High">The upper end.</param>
/// <param name="On">On how much it was measured, and what else is to be said.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record ReproductionRow(
    string Setting, string Quantity, string Published, double? Value, double? Low, double? High, string On, double Seconds);
