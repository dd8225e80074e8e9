namespace Nonsmooth.Cli.Documents;

/// <summary>A mark on an axis.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">What stands there; nothing at the marks between.</param>
internal readonly record struct Tick(double Value, string Label = "")
{
    /// <summary>Whether something stands there.</summary>
    public bool HasLabel => Label.Length > 0;
}
