using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>A function of the dictionary, with arguments on which its whole contract can be checked.</summary>
/// <param name="Function">An instance of the function.</param>
/// <param name="Arguments">Arguments it takes.</param>
public sealed record DictionaryRow(ElementaryFunction Function, IReadOnlyList<ExampleArgument> Arguments)
{
    /// <summary>The function's name and attributes.</summary>
    public override string ToString() =>
        Function.Attributes.Length == 0 ? Function.Name : $"{Function.Name}[{Function.Attributes}]";
}
