using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Divergence;

/// <summary>A small network's gradient, and changes of single nodes of it that keep their names.</summary>
internal static class Planted
{
    public static Program Objective { get; } = Program.Trace(
        [("x", TensorType.Real(new Shape(8, 1, 12, 12))), ("w1", TensorType.Real(new Shape(4, 1, 3, 3))), ("w2", TensorType.Real(new Shape(4, 4, 3, 3))), ("w3", TensorType.Real(new Shape(5, 16)))],
        v =>
        {
            var h = Functions.MaxPool2d(Functions.Relu(Functions.Conv2d(v[0], v[1])), 2);
            h = Functions.Clamp(Functions.Conv2d(h, v[2], padding: 1), -20, 20);
            h = Functions.MaxPool2d(Functions.Relu(h), 2).Reshape(new Shape(8, 16));
            var logits = Functions.MatMul(h, v[3].Transpose());
            return [("loss", (logits * logits).Mean() + Functions.Clamp(logits, -20, 20).Sum())];
        });

    public static string[] Parameters { get; } = ["w1", "w2", "w3"];

    /// <summary>The same value with a node's result rounded to 16 bits.</summary>
    public static Program Cast(Program program, string name) => Change(program, name, (node, b, arguments) =>
        b.ApplyAs(name, new RoundTo16(), b.ApplyAs($"{name}.before", node.Function, arguments)[0])[0]);

    /// <summary>A sum over all axes taken from the end.</summary>
    public static Program Reorder(Program program, string name) => Change(program, name, (node, b, arguments) =>
        b.ApplyAs(name, node.Function, b.Apply(new Reversed(), arguments[0]))[0]);

    /// <summary>Another function of the same types in a node's place.</summary>
    public static Program Replace(Program program, string name, Func<ElementaryFunction, ElementaryFunction> by) =>
        Change(program, name, (node, b, arguments) => b.ApplyAs(name, by(node.Function), arguments)[0]);

    private static Program Change(Program program, string name, Func<Node, ProgramBuilder, Variable[], Variable> change) =>
        program.Rewrite((node, arguments) => node.Name == name ? [change(node, arguments[0].Builder, [.. arguments])] : null);

    /// <summary>The elements in the opposite order.</summary>
    private sealed record Reversed : ElementaryFunction
    {
        public override string Name => "reversed";

        protected override FunctionFacts? Facts => FunctionFacts.Smooth;

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        {
            var x = (Tensor<T>)arguments[0];
            return [new Tensor<T>(x.Shape, [.. x.Elements.Reverse()])];
        }

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => throw new NotSupportedException();

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => throw new NotSupportedException();

        public override Arithmetic.OperationCount Count(IReadOnlyList<TensorType> arguments) => Arithmetic.OperationCount.Zero;
    }

    /// <summary>Each element rounded to binary16.</summary>
    private sealed record RoundTo16 : ElementaryFunction
    {
        public override string Name => "round_to_16";

        protected override FunctionFacts? Facts => new() { Kinks = new KinkStructure.Jump("everywhere") };

        public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => [arguments[0]];

        public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
        {
            var x = (Tensor<T>)arguments[0];
            return [new Tensor<T>(x.Shape, Array.ConvertAll(x.Elements, e => T.FromDouble((double)(Half)T.ToDouble(e))))];
        }

        public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

        public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [null];

        public override Arithmetic.OperationCount Count(IReadOnlyList<TensorType> arguments) => Arithmetic.OperationCount.Zero;
    }
}
