namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>What the loops of <see cref="BatchNormRows"/> read and write; arrays of numbers a channel are in single precision.</summary>
internal unsafe struct BatchNormWork
{
    public void* X;
    public void* G;

    /// <summary>The value of the relu behind the norm; null without one.</summary>
    public void* Gate;
    public void* Y;

    /// <summary>Two numbers a channel from each piece.</summary>
    public double* Partial;
    public float* Centre;
    public float* Shift;
    public float* Slope;
    public float* Factor;

    /// <summary>Whether images are bfloat16.</summary>
    public bool Narrow;
    public bool Relu;
    public int Channels;
    public long Rows;

    /// <summary>Rows of a piece; the last may have fewer.</summary>
    public long Height;
    public long Pieces;
}
