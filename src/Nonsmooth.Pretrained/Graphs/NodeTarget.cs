namespace Nonsmooth.Pretrained.Graphs;

/// <summary>What a node calls.</summary>
/// <param name="Name">The operator that computes the result: <c>aten.add.Tensor</c> for <c>torch.ops.aten.add_.Tensor</c> too.</param>
/// <param name="Base">Without library and overload: <c>add</c>.</param>
/// <param name="IsAten">Whether it is one of ATen's.</param>
/// <param name="IsInPlace">Whether the result overwrites the first argument.</param>
internal sealed record NodeTarget(string Name, string Base, bool IsAten, bool IsInPlace)
{
    private const string Aten = "torch.ops.aten.";
    private const string Ops = "torch.ops.";

    /// <summary>Reads a target.</summary>
    public static NodeTarget Of(string target)
    {
        if (!target.StartsWith(Aten, StringComparison.Ordinal))
        {
            string other = target.StartsWith(Ops, StringComparison.Ordinal) ? target[Ops.Length..] : target;
            return new NodeTarget(other, other, false, false);
        }

        string[] parts = target[Aten.Length..].Split('.', 2);
        bool isInPlace = parts[0].Length > 1 && parts[0].EndsWith('_') && !parts[0].EndsWith("__", StringComparison.Ordinal);
        string name = isInPlace ? parts[0][..^1] : parts[0];
        return new NodeTarget(parts.Length == 1 ? $"aten.{name}" : $"aten.{name}.{parts[1]}", name, true, isInPlace);
    }
}
