namespace Nonsmooth.Compiled;

/// <summary>A kernel of any function, from and to places.</summary>
internal interface IPlacedKernel
{
    IReadOnlyList<Place> Arguments { get; }

    IReadOnlyList<Place> Results { get; }
}
