namespace Nonsmooth.Dictionary;

/// <summary>Where an element of a resized axis lies on the original one. Names and formulas are those of ONNX's Resize.</summary>
public enum ResizeCoordinates
{
    /// <summary>(i + ½)/scale − ½.</summary>
    HalfPixel,

    /// <summary>The same about the middle of the original, where scale times size is no whole number.</summary>
    HalfPixelSymmetric,

    /// <summary>As half pixels, 0 for a result of one element.</summary>
    PytorchHalfPixel,

    /// <summary>The outermost elements on the outermost ones: i(size − 1)/(scale·size − 1).</summary>
    AlignCorners,

    /// <summary>i/scale.</summary>
    Asymmetric,

    /// <summary>From the start to the end of a region, which are given in parts of the axis.</summary>
    CropAndResize,
}
