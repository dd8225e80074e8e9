namespace Nonsmooth.Onnx.Tests.Backend;

/// <summary>One of ONNX's backend tests: a model, and inputs with the outputs that it has to give.</summary>
/// <param name="Suite">The suite, as in <c>node</c>.</param>
/// <param name="Name">The test.</param>
/// <param name="Model">The model's file.</param>
/// <param name="Sets">Inputs and outputs, a file a tensor, in order.</param>
internal sealed record BackendTest(string Suite, string Name, byte[] Model, IReadOnlyList<BackendData> Sets);

/// <summary>A set of inputs and outputs.</summary>
/// <param name="Inputs">Files of the inputs, in order.</param>
/// <param name="Outputs">Files of the outputs, in order.</param>
internal sealed record BackendData(IReadOnlyList<byte[]> Inputs, IReadOnlyList<byte[]> Outputs);
