using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

public partial class Program
{
    /// <summary>The program of a function of one variable; inputs take the names of the parameters.</summary>
    public static Program Trace(Func<Variable, Variable> function, TensorType first) =>
        TraceDelegate(function, v => [function(v[0])], first);

    /// <summary>The program of a function of two variables; inputs take the names of the parameters.</summary>
    public static Program Trace(Func<Variable, Variable, Variable> function, TensorType first, TensorType second) =>
        TraceDelegate(function, v => [function(v[0], v[1])], first, second);

    /// <summary>The program of a function of three variables; inputs take the names of the parameters.</summary>
    public static Program Trace(
        Func<Variable, Variable, Variable, Variable> function, TensorType first, TensorType second, TensorType third) =>
        TraceDelegate(function, v => [function(v[0], v[1], v[2])], first, second, third);

    /// <summary>The program of a function of four variables; inputs take the names of the parameters.</summary>
    public static Program Trace(
        Func<Variable, Variable, Variable, Variable, Variable> function,
        TensorType first,
        TensorType second,
        TensorType third,
        TensorType fourth) =>
        TraceDelegate(function, v => [function(v[0], v[1], v[2], v[3])], first, second, third, fourth);

    /// <summary>The program of a function with any named inputs and outputs.</summary>
    /// <param name="inputs">Names and types of the inputs.</param>
    /// <param name="function">From the input variables to the named outputs.</param>
    public static Program Trace(
        IReadOnlyList<(string Name, TensorType Type)> inputs,
        Func<IReadOnlyList<Variable>, IReadOnlyList<(string Name, Variable Value)>> function) =>
        Trace([.. inputs.Select(i => (i.Name, i.Type, InputRole.Data))], function);

    /// <summary>The program of a function with any named inputs and outputs.</summary>
    /// <param name="inputs">Names, types and roles of the inputs.</param>
    /// <param name="function">From the input variables to the named outputs.</param>
    public static Program Trace(
        IReadOnlyList<(string Name, TensorType Type, InputRole Role)> inputs,
        Func<IReadOnlyList<Variable>, IReadOnlyList<(string Name, Variable Value)>> function)
    {
        var builder = new ProgramBuilder();
        var variables = inputs.Select(i => builder.Input(i.Name, i.Type, i.Role)).ToArray();
        return builder.Build(function(variables));
    }

    private static Program TraceDelegate(
        Delegate function, Func<Variable[], IReadOnlyList<Variable>> call, params ReadOnlySpan<TensorType> types)
    {
        var builder = new ProgramBuilder();
        var parameters = function.Method.GetParameters();

        // A delegate made from a static method group carries its target's parameters behind a hidden first one.
        int hidden = parameters.Length - types.Length;
        var variables = new Variable[types.Length];
        for (int i = 0; i < types.Length; i++)
        {
            variables[i] = builder.Input(parameters[i + hidden].Name ?? $"x{i}", types[i]);
        }

        var outputs = call(variables);
        return builder.Build(outputs.Select((o, i) => (outputs.Count == 1 ? "value" : $"value{i}", o)));
    }
}
