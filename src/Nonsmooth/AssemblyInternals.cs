using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Nonsmooth.LibTorch")]
