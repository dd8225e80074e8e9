namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

/// <summary>Sums of the elements from each one on, each sum inserted in front of a list.</summary>
internal sealed record InsertedSums : HostFunction
{
    public override string Name => "inserted_sums";

    protected override T[] Map<T>(T[] x)
    {
        var sums = new List<T>();
        for (int i = 0; i < x.Length; i++)
        {
            sums.Insert(0, x[i..].Aggregate((a, b) => a + b));
        }

        sums.Reverse();
        return [.. sums];
    }
}
