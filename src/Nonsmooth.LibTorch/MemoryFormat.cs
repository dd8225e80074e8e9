namespace Nonsmooth.LibTorch;

/// <summary>The order of a tensor's elements in memory.</summary>
public enum MemoryFormat
{
    /// <summary>Row-major: the last axis varies fastest.</summary>
    Contiguous,

    /// <summary>For [N, C, H, W]: channels vary fastest, as in [N, H, W, C]. Convolutions often run faster so.</summary>
    ChannelsLast,

    /// <summary>As the source has it.</summary>
    Preserve,
}
