global using Nonsmooth.Arithmetic;
global using Nonsmooth.Tensors;
