using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.Onnx.Tests")]
