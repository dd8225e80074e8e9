using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>Vectors of exact numbers as keys: equal for the doubles that they were made of.</summary>
internal sealed class ExactVectorComparer : IEqualityComparer<Dyadic[]>
{
    public static ExactVectorComparer Instance { get; } = new();

    public bool Equals(Dyadic[]? x, Dyadic[]? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.Length == y.Length && ExactVector.AreEqual(x, y));

    // Equal numbers round to equal doubles.
    public int GetHashCode(Dyadic[] obj)
    {
        var hash = default(HashCode);
        foreach (var x in obj)
        {
            hash.Add(Dyadic.ToDouble(x));
        }

        return hash.ToHashCode();
    }
}
