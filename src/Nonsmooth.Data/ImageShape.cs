namespace Nonsmooth.Data;

/// <summary>The shape of one example, stored channel by channel and row by row.</summary>
/// <param name="Channels">Colour channels; 1 for grey images and plain feature vectors.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns; the number of features of a plain vector.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Values in one example.</summary>
    public int Size => Channels * Height * Width;

    /// <summary>Values in one channel.</summary>
    public int Plane => Height * Width;

    /// <summary>For example <c>1x28x28</c>.</summary>
    public override string ToString() => $"{Channels}x{Height}x{Width}";
}
