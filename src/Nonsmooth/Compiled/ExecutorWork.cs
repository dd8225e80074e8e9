namespace Nonsmooth.Compiled;

/// <summary>The kinds of work that the time of a run is linear in.</summary>
public enum ExecutorWork
{
    /// <summary>A run, however small.</summary>
    Run,

    /// <summary>An operation on single numbers, written out.</summary>
    Step,

    /// <summary>One of the library's functions of a single number, written out.</summary>
    StepFunction,

    /// <summary>A loop over the elements of tensors.</summary>
    Loop,

    /// <summary>An operation on one element of tensors, or one that is read or written there.</summary>
    Element,

    /// <summary>One of the library's functions of one element of tensors.</summary>
    ElementFunction,

    /// <summary>A node that runs as a whole.</summary>
    Kernel,

    /// <summary>A multiplication and an addition in a product of matrices; those at borders and of few rows are several.</summary>
    Product,

    /// <summary>The same where the right matrix leaves the nearest caches.</summary>
    FarProduct,

    /// <summary>An addition in a sum, which waits for the one before.</summary>
    Addition,

    /// <summary>An element that is laid out anew for a product.</summary>
    Pack,

    /// <summary>An element that is moved elsewhere.</summary>
    Move,

    /// <summary>An operation, or a result, in a function's own loop.</summary>
    OwnLoop,
}
