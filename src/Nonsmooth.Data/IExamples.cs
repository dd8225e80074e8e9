namespace Nonsmooth.Data;

/// <summary>Examples by index: what a data set of your own must be.</summary>
/// <remarks>Several threads may read at once.</remarks>
public interface IExamples
{
    /// <summary>How many examples there are.</summary>
    int Count { get; }

    /// <summary>What one example is.</summary>
    FieldList Fields { get; }

    /// <summary>Writes a field of real numbers of one example.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="values">Gets its numbers, row-major, as many as its shape has.</param>
    void Fill(int index, string field, Span<float> values) =>
        throw new NonsmoothException($"the data declare field '{field}' of real numbers and do not give it: implement {nameof(IExamples)}.{nameof(Fill)} of Span<float>");

    /// <summary>Writes a field of indices of one example.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <param name="field">The field's name.</param>
    /// <param name="values">Gets its indices, row-major.</param>
    void Fill(int index, string field, Span<long> values) =>
        throw new NonsmoothException($"the data declare field '{field}' of indices and do not give it: implement {nameof(IExamples)}.{nameof(Fill)} of Span<long>");
}
