namespace Nonsmooth.Reliability.Profiles;

/// <summary>How a value of the catalogue was obtained.</summary>
public enum KinkSource
{
    /// <summary>libtorch's own autograd, run now.</summary>
    Autograd,

    /// <summary>A program of the dictionary, differentiated under the profile's selection and run by the executor now.</summary>
    Executor,

    /// <summary>Not known to have changed since libtorch 2.10, so its value, measured now.</summary>
    Unchanged,

    /// <summary>The least element of the convex hull of the gradients around the point, measured now.</summary>
    Nearby,

    /// <summary>Written down from a source: no selection of this library expresses it.</summary>
    Declared,

    /// <summary>Nothing is known, or the framework has no such function.</summary>
    Unknown,

    /// <summary>libtorch refused to differentiate.</summary>
    Refused,
}
